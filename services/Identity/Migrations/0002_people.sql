create table company (
    name text not null,
    plan text not null,
    locale text not null,
    time_zone text not null,
    currency text not null,
    working_hours jsonb not null
);
select crm_record('company');

create table person (
    email text not null,
    name text not null,
    job_title text,
    locale text,
    time_zone text,
    working_hours jsonb not null,
    roles text[] not null,
    teams text[] not null,
    status text not null,
    absent_from date,
    absent_until date
);
select crm_record('person');
create unique index "user__email" on person (tenant, email) where deleted_at is null;

-- Who logs in says an address, and not yet for which company. What belongs to no company, as their password does, is kept under the tenant of the
-- installation itself, whose id is all zeros; its sessions see, and only see, where an address is known.
create index person_email on person (email) where deleted_at is null;
do $$
declare tab text;
begin
    foreach tab in array array['company', 'person'] loop
        execute format('create policy at_log_in on %I for select to %I using (crm.tenant() = %L)',
            tab, crm.login(), '00000000-0000-0000-0000-000000000000');
    end loop;
end $$;
