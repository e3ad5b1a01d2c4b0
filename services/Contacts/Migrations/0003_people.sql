-- Everything a CRM knows of people and companies. Lists are the truth; their main member stands in a column of its own to sort and filter by.
alter table account
    add column legal_name text, add column legal_type text, add column type text, add column status text, add column tier text,
    add column website text, add column domains text[] not null default '{}', add column sic text, add column naics text,
    add column revenue jsonb, add column tax_id text, add column vat_id text, add column registration_no text, add column description text,
    add column parent_id uuid, add column email text, add column emails jsonb not null default '[]', add column phone text,
    add column phones jsonb not null default '[]', add column addresses jsonb not null default '[]', add column currency text,
    add column payment_terms text, add column credit_limit jsonb;

alter table contact
    add column salutation text, add column middle_name text, add column display_name text not null default '',
    add column emails jsonb not null default '[]', add column phones jsonb not null default '[]', add column addresses jsonb not null default '[]',
    add column social jsonb not null default '[]', add column department text, add column role text, add column buying_role text,
    add column reports_to_id uuid, add column birthday date, add column language text, add column time_zone text, add column photo_url text,
    add column description text, add column lifecycle_stage text, add column stages_reached jsonb not null default '[]',
    add column fit_score int, add column engagement_score int, add column source text, add column original_lead_id uuid,
    add column campaign_id uuid, add column last_activity_at timestamptz, add column next_activity_at timestamptz;

-- What refers is checked by the platform, for all references alike and with the field's name.
alter table contact drop constraint contact_tenant_account_id_fkey;

-- Rows of all tenants: the owner of the tables sees them only while the policy does not bind it.
alter table account no force row level security;
alter table contact no force row level security;
update account set domains = array[domain] where domain is not null;
update contact set
    display_name = concat_ws(' ', first_name, last_name),
    emails = case when email is null then '[]' else jsonb_build_array(jsonb_build_object(
        'address', email, 'optOut', false, 'invalid', false, 'bounced', false, 'type', null, 'primary', true)) end,
    phones = case when phone is null then '[]' else jsonb_build_array(jsonb_build_object(
        'number', phone, 'doNotCall', false, 'type', null, 'primary', true)) end;
alter table account force row level security;
alter table contact force row level security;

create index account_parent on account (tenant, parent_id) where parent_id is not null;
create index account_domain on account (tenant, domain) where domain is not null;
create index contact_reports_to on contact (tenant, reports_to_id) where reports_to_id is not null;
create index contact_mail on contact (tenant, email) where email is not null;
drop index contact_email;
select crm_tree('account', 'parent_id', 'parentId');
select crm_tree('contact', 'reports_to_id', 'reportsToId');

create table account_contact (
    contact_id uuid not null,
    account_id uuid not null,
    role text,
    job_title text,
    buying_role text,
    "from" date,
    "to" date
);
select crm_record('account_contact');
-- A person can have been there twice, but is there once.
create unique index "account_contact__accountId" on account_contact (tenant, contact_id, account_id) where "to" is null and deleted_at is null;
create index account_contact_account on account_contact (tenant, account_id);

create table contact_relation (
    contact_id uuid not null,
    kind text not null,
    related_id uuid not null,
    inverse text not null,
    note text
);
select crm_record('contact_relation');
-- The same from the other side is the same.
create unique index "contact_relation__kind" on contact_relation (
    tenant, least(contact_id, related_id), greatest(contact_id, related_id), (case when contact_id < related_id then kind else inverse end))
    where deleted_at is null;
create index contact_relation_one on contact_relation (tenant, contact_id);
create index contact_relation_other on contact_relation (tenant, related_id);

create table consent (
    contact_id uuid not null,
    purpose text not null,
    channel text not null,
    state text not null,
    basis text,
    source text,
    proof text,
    text_version text,
    given_at timestamptz,
    withdrawn_at timestamptz,
    expires_at timestamptz
);
select crm_record('consent');
create unique index "consent__purpose" on consent (tenant, contact_id, purpose, channel) where deleted_at is null;

create table contact_settings (
    country text,
    duplicate_contacts text,
    duplicate_accounts text
);
select crm_record('contact_settings');
create unique index contact_settings_one on contact_settings (tenant) where deleted_at is null;
