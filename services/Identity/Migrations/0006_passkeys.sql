create table passkey (
    tenant uuid not null,
    credential bytea not null,
    email text not null,
    name text not null,
    data jsonb not null,
    made_at timestamptz not null,
    used_at timestamptz,
    primary key (tenant, credential)
);
create index passkey_email on passkey (tenant, email);
select crm_protect('passkey');
