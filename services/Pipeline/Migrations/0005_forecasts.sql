-- What is to come in a time and what has come in it, without looking at the deals themselves.
create index deal_forecast on deal (tenant, expected_close_on)
    include (id, owner_id, team_id, category, converted_value, converted_currency, weighted) where status = 'open' and deleted_at is null;
create index deal_closed on deal (tenant, closed_on)
    include (id, owner_id, team_id, category, converted_value, converted_currency, weighted) where status = 'won' and deleted_at is null;

create table quota (
    period text not null,
    for_user_id uuid,
    for_team_id uuid,
    amount jsonb not null
);
select crm_record('quota');
create unique index "quota__period" on quota (tenant, period, coalesce(for_user_id, for_team_id)) where deleted_at is null;

create table forecast_adjustment (
    period text not null,
    for_user_id uuid,
    for_team_id uuid,
    category text not null,
    amount jsonb not null,
    note text not null
);
select crm_record('forecast_adjustment');
create index forecast_adjustment_period on forecast_adjustment (tenant, period) where deleted_at is null;

create table forecast_snapshot (
    period text not null,
    taken_on date not null,
    currency text not null
);
select crm_record('forecast_snapshot');
create unique index "forecast_snapshot__period" on forecast_snapshot (tenant, period, taken_on) where deleted_at is null;

-- What a snapshot says of everybody, and whose deals it comes from: by that it is shown.
create table forecast_row (
    tenant uuid not null,
    snapshot_id uuid not null,
    n int not null,
    user_id uuid,
    owner_id uuid,
    team_id uuid,
    category text not null,
    amount numeric not null,
    weighted numeric not null,
    deals bigint not null,
    primary key (tenant, snapshot_id, n)
);
select crm_protect('forecast_row');
