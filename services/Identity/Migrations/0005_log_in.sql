-- How a person shows who they are, in all companies they belong to. Belongs to no company (see 0002).
create table login (
    tenant uuid not null,
    email text not null,
    id uuid not null,
    password text,
    changed_at timestamptz not null,
    totp bytea,
    totp_step bigint not null default 0,
    recovery text[] not null default '{}',
    primary key (tenant, email)
);
select crm_protect('login');
