create table account (
    tenant uuid not null,
    id uuid not null,
    version int not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    name text not null,
    domain text,
    industry text,
    employees int,
    primary key (tenant, id)
);
create index account_newest on account (tenant, created_at desc, id desc) where deleted_at is null;
select crm_protect('account');

create table contact (
    tenant uuid not null,
    id uuid not null,
    version int not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    first_name text,
    last_name text not null,
    email text,
    phone text,
    job_title text,
    account_id uuid,
    tags text[] not null,
    primary key (tenant, id),
    foreign key (tenant, account_id) references account (tenant, id)
);
create index contact_newest on contact (tenant, created_at desc, id desc) where deleted_at is null;
create index contact_account on contact (tenant, account_id) where account_id is not null;
create index contact_email on contact (tenant, lower(email)) where email is not null;
select crm_protect('contact');
