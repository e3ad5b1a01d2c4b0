-- Row-level security lets an index answer only for comparisons that cannot tell what a hidden row holds, as an error message would. These four
-- go through casts that could, if they were given what does not fit; they never are, and so they are closed: the planner does not look inside,
-- and provisioning may say of the whole that it leaks nothing.
create or replace function crm.amount(v jsonb) returns numeric language plpgsql immutable parallel safe as $$
begin
    return case when v ->> 'amount' ~ '^-?[0-9]{1,40}(\.[0-9]{1,40})?$' then (v ->> 'amount')::numeric end;
end $$;

create or replace function crm.id(v jsonb) returns uuid language plpgsql immutable parallel safe as $$
declare
    t text := v #>> '{}';
begin
    return case when t like '________-____-____-____-____________' and translate(t, '0123456789abcdefABCDEF', '') = '----' then t::uuid end;
end $$;

create or replace function crm.day(v jsonb) returns date language plpgsql immutable parallel safe as $$
declare
    t text := v #>> '{}';
begin
    return case when t like '____-__-__' and translate(t, '0123456789', '') = '--'
        then make_date(greatest(substr(t, 1, 4)::int, 1), greatest(least(substr(t, 6, 2)::int, 12), 1), 1) + substr(t, 9, 2)::int - 1 end;
end $$;

create or replace function crm.moment(v jsonb) returns timestamptz language plpgsql immutable parallel safe as $$
declare
    t text := v #>> '{}';
begin
    return case when t like '____-__-__T__:__:__%Z' and translate(t, '0123456789', '') in ('--T::Z', '--T::.Z')
        then (make_timestamp(
                greatest(substr(t, 1, 4)::int, 1), greatest(least(substr(t, 6, 2)::int, 12), 1), 1,
                least(substr(t, 12, 2)::int, 23), least(substr(t, 15, 2)::int, 59), least(substr(t, 18, 2)::int, 59)
                + case substr(t, 20, 1) when '.' then ('0' || rtrim(substr(t, 20, 10), 'Z'))::float8 else 0 end)
            + (substr(t, 9, 2)::int - 1) * interval '24 hours') at time zone 'UTC' end;
end $$;
