create table scoring_rule (
    name text not null,
    axis text not null,
    condition text,
    event text,
    points int not null,
    group_id uuid,
    decay text,
    decay_days int,
    repeatable boolean not null,
    inactive boolean not null
);
select crm_record('scoring_rule');

create table scoring_group (
    name text not null,
    cap int not null
);
select crm_record('scoring_group');

create table engagement (
    lead_id uuid not null,
    kind text not null,
    direction text not null,
    at timestamptz not null,
    subject text
);
select crm_record('engagement');
create index engagement_lead on engagement (tenant, lead_id) include (kind, at) where deleted_at is null;

create table lead_settings (
    fit_a int not null,
    fit_b int not null,
    engagement1 int not null,
    engagement2 int not null,
    scorecard_id uuid
);
select crm_record('lead_settings');
create unique index lead_settings_one on lead_settings (tenant) where deleted_at is null;
