-- Where events go: addresses of programs outside.
create table webhook (
    name text not null,
    url text not null,
    events text[] not null,
    filter text,
    fields text[] not null default '{}',
    changed_fields text[] not null default '{}',
    payload text not null,
    "order" text not null,
    headers jsonb not null default '[]',
    skip_own boolean not null,
    state text not null,
    reason text,
    state_since timestamptz,
    secret_hint text,
    verified_at timestamptz,
    acts_with text[] not null default '{}',
    acts_in text[] not null default '{}'
);
select crm_record('webhook');

-- What deliveries are signed with: sealed, several while one takes another's place.
create table webhook_secret (
    tenant uuid not null,
    id uuid not null,
    webhook uuid not null,
    sealed bytea not null,
    hint text not null,
    made_at timestamptz not null,
    ends_at timestamptz,
    primary key (tenant, id)
);
create index webhook_secret_webhook on webhook_secret (tenant, webhook);
select crm_protect('webhook_secret');

-- All that services have told of their records, in the order it was heard: for each tenant and service numbered without a gap.
create table feed (
    tenant uuid not null,
    service text not null,
    last bigint not null,
    primary key (tenant, service)
);
select crm_protect('feed');

create table event (
    tenant uuid not null,
    service text not null,
    position bigint not null,
    id uuid not null,
    at timestamptz not null,
    type text not null,
    record text not null,
    record_id uuid not null,
    version int not null,
    actor jsonb not null,
    operation uuid not null,
    body text not null,
    primary key (tenant, service, position)
);
create index event_record on event (tenant, record_id, version);
create index event_at on event (tenant, at);
select crm_protect('event');

-- What has to be delivered still. A row goes when it was; one that nobody tries any more (parked) stays until somebody says so.
create table due (
    tenant uuid not null,
    webhook uuid not null,
    event uuid not null,
    service text not null,
    position bigint not null,
    type text not null,
    record text not null,
    record_id uuid not null,
    version int not null,
    at timestamptz not null,
    due_at timestamptz not null, -- infinity: parked
    tries int not null default 0, -- within the schedule
    attempts int not null default 0, -- ever
    primary key (tenant, webhook, event)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
create index due_next on due (tenant, webhook, due_at, at, version);
create index due_record on due (tenant, webhook, record_id, version);
select crm_protect('due');

-- Who delivers to which webhook just now: one process, for as long as it says so.
create table lane (
    tenant uuid not null,
    webhook uuid not null,
    holder uuid not null,
    until timestamptz not null,
    primary key (tenant, webhook)
);
select crm_protect('lane');

-- What was tried: the last of each, and each try.
create table delivery (
    tenant uuid not null,
    webhook uuid not null,
    event uuid not null,
    service text not null,
    position bigint not null,
    type text not null,
    record text not null,
    record_id uuid not null,
    version int not null,
    at timestamptz not null,
    state text not null,
    attempts int not null,
    tried_at timestamptz not null,
    status int,
    error text,
    took_ms int not null,
    primary key (tenant, webhook, event)
);
create index delivery_tried on delivery (tenant, tried_at desc, event desc);
create index delivery_webhook on delivery (tenant, webhook, tried_at desc, event desc);
create index delivery_open on delivery (tenant, tried_at desc, event desc) where state <> 'delivered';
create index delivery_old on delivery (tried_at);
select crm_protect('delivery');

create table attempt (
    tenant uuid not null,
    webhook uuid not null,
    event uuid not null,
    number int not null,
    at timestamptz not null,
    took_ms int not null,
    status int,
    error text,
    url text not null,
    request_headers jsonb not null,
    request_body text not null,
    response_headers jsonb,
    response_body text,
    primary key (tenant, webhook, event, number)
);
create index attempt_at on attempt using brin (at);
select crm_protect('attempt');

do $$
begin
    execute format('grant select on webhook to %I', crm.ops());
    execute format('grant select (tenant, webhook, ends_at) on webhook_secret to %I', crm.ops());
    execute format('grant select, insert, update, delete on due, lane, delivery, attempt to %I', crm.ops());
    execute format('grant select, delete on event to %I', crm.ops());
end $$;
