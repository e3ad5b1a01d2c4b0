-- What programs (API keys, OAuth clients) asked, as the edge tells: the newest of each tenant, for some days.
create table call (
    tenant uuid not null,
    id uuid not null,
    at timestamptz not null,
    source text not null,
    actor text not null,
    method text not null,
    route text not null,
    record_id uuid,
    status int not null,
    code text,
    ms double precision not null,
    trace text not null,
    received bigint not null,
    sent bigint not null,
    deprecated boolean not null,
    primary key (tenant, id)
);
create index call_source on call (tenant, source, id desc);
create index call_actor on call (tenant, actor, id desc);
create index call_at on call (at);
select crm_protect('call');

-- How much they asked, day by day.
create table call_usage (
    tenant uuid not null,
    source text not null,
    day date not null,
    plan text not null,
    per_second int,
    calls bigint not null,
    errors bigint not null,
    limited bigint not null,
    deprecated bigint not null,
    received bigint not null,
    sent bigint not null,
    unlisted bigint not null,
    primary key (tenant, source, day)
);
create index call_usage_day on call_usage (tenant, day);
select crm_protect('call_usage');

-- What the edge has told already: it tells until it is confirmed, and each counts once.
create table call_batch (
    tenant uuid not null,
    batch uuid not null,
    at timestamptz not null default now(),
    primary key (tenant, batch)
);
create index call_batch_at on call_batch (at);
select crm_protect('call_batch');

do $$
begin
    execute format('grant select, delete on call, call_usage, call_batch to %I', crm.ops());
end $$;
