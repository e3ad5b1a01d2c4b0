create table lead (
    salutation text,
    first_name text,
    last_name text,
    display_name text not null default '',
    email text,
    emails jsonb not null default '[]',
    phone text,
    phones jsonb not null default '[]',
    address jsonb,
    job_title text,
    company text,
    website text,
    industry text,
    employees int,
    language text,
    description text,
    source text,
    campaign_id uuid,
    utm_source text,
    utm_medium text,
    utm_campaign text,
    utm_term text,
    utm_content text,
    referrer text,
    form_id uuid,
    estimated_amount jsonb,
    products_of_interest text[] not null default '{}',
    territory text,
    budget jsonb,
    authority text,
    need text,
    timeline text,
    bant int not null default 0,
    status text not null,
    status_since timestamptz,
    rejection_reason text,
    recycle_at timestamptz,
    assigned_at timestamptz,
    response_due_at timestamptz,
    first_response_at timestamptz,
    response_overdue_at timestamptz,
    fit_score int,
    engagement_score int,
    grade text,
    rescore_at timestamptz,
    converted_contact_id uuid,
    converted_account_id uuid,
    converted_deal_id uuid,
    converted_at timestamptz,
    converted_by_id uuid,
    conversion_problem text
);
select crm_record('lead');
select crm_deadline('lead', 'recycle_at');
create index lead_mail on lead (tenant, email) where email is not null;
-- Whose open leads are how many: asked with every one that is given to somebody.
create index lead_open on lead (tenant, owner_id) where deleted_at is null and status in ('new', 'assigned', 'working', 'nurturing', 'qualified');
create index lead_grade on lead (tenant, grade, id) where deleted_at is null;

create table lead_transition (
    "from" text,
    "to" text not null,
    roles text[] not null default '{}'
);
select crm_record('lead_transition');
create unique index "lead_transition__to" on lead_transition (tenant, coalesce("from", ''), "to") where deleted_at is null;
