create table timeline (
    tenant uuid not null,
    record_id uuid not null,
    version int not null,
    at timestamptz not null,
    what text not null,
    fields text[] not null,
    actor text not null,
    primary key (tenant, record_id, version)
);
select crm_protect('timeline');
