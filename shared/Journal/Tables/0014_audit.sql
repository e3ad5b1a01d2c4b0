-- The journal as those ask it who audit: in the order of time, of everything, of somebody, of what happened. What is asked beside that is looked
-- for along one of these.
create index journal_time on journal (tenant, at, id);
create index journal_actor on journal (tenant, (actor ->> 'id'), at, id);
create index journal_type on journal (tenant, type, at, id);
