create table form (
    key text not null,
    name text not null,
    title text not null,
    intro text,
    fields jsonb not null default '[]',
    button text,
    thanks text,
    redirect_url text,
    consent_text text,
    consent_version text,
    consent_required boolean not null,
    double_opt_in boolean not null,
    proof_of_work boolean not null,
    allowed_hosts text[] not null default '{}',
    to_user_id uuid,
    source text,
    campaign_id uuid,
    published boolean not null
);
select crm_record('form');
-- Its address says no tenant: of all tenants' forms it is found by its key.
create unique index form_key on form (key);
do $$
begin
    execute format('grant select (tenant, id, key, published, deleted_at) on form to %I', crm.ops());
end $$;

create table form_submission (
    form_id uuid not null,
    nonce text not null,
    status text not null,
    email text,
    "values" jsonb not null default '{}',
    consent boolean not null,
    consent_text text,
    consent_version text,
    utm jsonb,
    referrer text,
    lead_id uuid,
    confirmed_at timestamptz
);
select crm_record('form_submission');
create unique index "form_submission__nonce" on form_submission (tenant, form_id, nonce);

-- What a form's challenges and links are signed with.
create table form_secret (
    tenant uuid not null,
    form_id uuid not null,
    secret bytea not null,
    primary key (tenant, form_id)
);
select crm_protect('form_secret');

-- How often somebody has sent a form lately, by the minute.
create table form_attempt (
    tenant uuid not null,
    form_id uuid not null,
    address text not null,
    minute timestamptz not null,
    attempts int not null,
    primary key (tenant, form_id, address, minute)
);
select crm_protect('form_attempt');
