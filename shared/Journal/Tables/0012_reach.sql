-- Whose a record is decides who sees it, so the newest of an owner and the newest of a team are stretches of an index: a page is found without
-- looking at what others have, wherever in the tree of teams somebody stands.
create function crm_reach(tab regclass) returns void language plpgsql as $$
begin
    execute format('drop index if exists %I', tab || '_owner');
    execute format('create index %I on %s (tenant, owner_id, created_at desc, id desc) where owner_id is not null', tab || '_owner', tab);
    execute format('create index if not exists %I on %s (tenant, team_id, created_at desc, id desc) where team_id is not null and deleted_at is null',
        tab || '_team', tab);
end $$;

alter function crm_record(regclass) rename to crm_record_columns;

create function crm_record(tab regclass) returns void language plpgsql as $$
begin
    perform crm_record_columns(tab);
    perform crm_reach(tab);
end $$;

select crm_reach(c.oid::regclass)
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'team_id' and not a.attisdropped
where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and exists (
    select from pg_attribute o where o.attrelid = c.oid and o.attname = 'owner_id' and not o.attisdropped);
