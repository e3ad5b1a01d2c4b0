-- The columns and indexes of the ceiling's table, and what every record has.
create table person (
    first_name text,
    last_name text not null,
    email text,
    phone text,
    job_title text,
    account_id uuid
);
select crm_record('person');
create index person_account on person (tenant, account_id) where account_id is not null;
create index person_email on person (tenant, lower(email)) where email is not null;
