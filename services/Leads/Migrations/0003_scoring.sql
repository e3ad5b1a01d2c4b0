-- While nobody is in touch: until when somebody is to be.
alter table lead add column response_watch_at timestamptz;
select crm_deadline('lead', 'response_watch_at');
select crm_deadline('lead', 'rescore_at');

-- How a name sounds, with a c as it is said before the letter that follows.
create or replace function name_sound(name text) returns text language sql immutable parallel safe as $$
    select regexp_replace(regexp_replace(translate(
        regexp_replace(replace(replace(name_words(name), 'ph', 'f'), 'ck', 'k'), 'c([eiy])', 's\1', 'g'), 'cqzdvwjaeiouyh', 'kkstff'),
        '([a-z])\1+', '\1', 'g'), ' +', ' ', 'g')
$$;

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
