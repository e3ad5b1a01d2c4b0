create table role (
    name text not null,
    title text not null,
    description text,
    records jsonb not null,
    slices text[] not null,
    privileges text[] not null
);
select crm_record('role');

-- Tokens call a role by its name; two that differ in capitals alone would be taken for each other.
create unique index "role__name" on role (tenant, lower(name)) where deleted_at is null;
