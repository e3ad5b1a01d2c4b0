-- How somebody likes to look at records of a type: which, in what order, which fields, for whom.
create table view (
    record text not null,
    name text not null,
    person text not null, -- whose it is: the id of the actor who keeps it
    filter text,
    sort text,
    columns text[] not null,
    scope text not null,
    "default" boolean not null,
    pinned boolean not null,
    position int,
    icon text
);
select crm_record('view');
create index view_of_record on view (tenant, record) where deleted_at is null;

-- Values of custom fields, typed: null where the JSON is something else, because one tenant's number can have the name of another one's
-- text. Unlike casts of text to dates and times they are immutable, so an index can hold them; written without a call the planner sees through.
create function crm.number(v jsonb) returns numeric language sql immutable parallel safe
return case jsonb_typeof(v) when 'number' then v::numeric end;

create function crm.amount(v jsonb) returns numeric language sql immutable parallel safe
return case when v ->> 'amount' ~ '^-?[0-9]{1,40}(\.[0-9]{1,40})?$' then (v ->> 'amount')::numeric end;

create function crm.truth(v jsonb) returns boolean language sql immutable parallel safe
return case jsonb_typeof(v) when 'boolean' then v::boolean end;

create function crm.id(v jsonb) returns uuid language sql immutable parallel safe
return case when v #>> '{}' like '________-____-____-____-____________' and translate(v #>> '{}', '0123456789abcdefABCDEF', '') = '----'
    then (v #>> '{}')::uuid end;

create function crm.day(v jsonb) returns date language sql immutable parallel safe
return case when v #>> '{}' like '____-__-__' and translate(v #>> '{}', '0123456789', '') = '--'
    then make_date(greatest(substr(v #>> '{}', 1, 4)::int, 1), greatest(least(substr(v #>> '{}', 6, 2)::int, 12), 1), 1)
        + substr(v #>> '{}', 9, 2)::int - 1 end;

create function crm.moment(v jsonb) returns timestamptz language sql immutable parallel safe
return case when v #>> '{}' like '____-__-__T__:__:__%Z' and translate(v #>> '{}', '0123456789', '') in ('--T::Z', '--T::.Z')
    then (make_timestamp(
            greatest(substr(v #>> '{}', 1, 4)::int, 1), greatest(least(substr(v #>> '{}', 6, 2)::int, 12), 1), 1,
            least(substr(v #>> '{}', 12, 2)::int, 23), least(substr(v #>> '{}', 15, 2)::int, 59), least(substr(v #>> '{}', 18, 2)::int, 59)
            + case substr(v #>> '{}', 20, 1) when '.' then ('0' || rtrim(substr(v #>> '{}', 20, 10), 'Z'))::float8 else 0 end)
        + (substr(v #>> '{}', 9, 2)::int - 1) * interval '24 hours') at time zone 'UTC' end;

-- Whoever keeps the indexes of custom fields reads which ones are wanted.
do $$
begin
    execute format('grant select on custom_field to %I', crm.ops());
end $$;
