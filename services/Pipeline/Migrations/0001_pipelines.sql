create table pipeline (
    name text not null,
    description text,
    position int not null,
    is_default boolean not null,
    archived boolean not null,
    forecasts_kept_at timestamptz,
    moves jsonb not null
);
select crm_record('pipeline');
select crm_deadline('pipeline', 'forecasts_kept_at');
create unique index "pipeline__name" on pipeline (tenant, lower(name)) where deleted_at is null;

create table stage (
    pipeline_id uuid not null,
    name text not null,
    position int not null,
    type text not null,
    probability int not null,
    category text not null,
    color text,
    required_fields text[] not null,
    checklist text[] not null,
    max_age_days int,
    roles text[] not null,
    archived boolean not null
);
select crm_record('stage');
create unique index "stage__name" on stage (tenant, pipeline_id, lower(name)) where deleted_at is null;
