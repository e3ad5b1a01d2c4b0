-- What every service's database has. Runs as the database's owner; the service logs in as a role named like the database, the
-- relay and ops tasks as that name with _ops. Neither owns anything, neither bypasses row-level security.

create schema if not exists crm;

-- Names of the two roles, from the name of the database.
create function crm.login() returns name language sql stable as $$ select current_database()::name $$;
create function crm.ops() returns name language sql stable as $$ select (current_database() || '_ops')::name $$;

-- The tenant of this transaction, or null: then no row is visible.
create function crm.tenant() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('crm.tenant', true), '')::uuid $$;

-- Raises unless a statement touched exactly the rows it meant: a stale write must not leave an entry in the journal.
create function crm_expect(rows bigint, expected int) returns void language plpgsql as $$
begin
    if rows <> expected then
        raise exception 'expected % rows, found %', expected, rows using errcode = 'CRM01';
    end if;
end $$;

-- Gives a table to the service under row-level security by its column tenant. Each migration that creates a table calls it.
create function crm_protect(tab regclass, rights text default 'select, insert, update, delete') returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', tab);
    execute format('alter table %s force row level security', tab);
    execute format('create policy tenant on %s to %I using (tenant = crm.tenant()) with check (tenant = crm.tenant())', tab, crm.login());
    execute format('create policy ops on %s to %I using (true) with check (true)', tab, crm.ops());
    execute format('grant %s on %s to %I', rights, tab, crm.login());
end $$;

-- Every change, for ever. Append only: the service may add and read, nobody may change.
create table journal (
    entry bigint generated always as identity (cache 1) primary key, -- cache 1: with more, entries of one record would be numbered out of order
    id uuid not null,
    at timestamptz not null,
    tenant uuid not null,
    actor jsonb not null,
    operation uuid not null,
    record text not null,
    record_id uuid not null,
    version int not null,
    type text not null,
    data jsonb not null,
    trace text
);
create unique index journal_record on journal (tenant, record_id, version);
create index journal_operation on journal (tenant, operation);
select crm_protect('journal', 'select, insert');

-- Entries still to be told. Rows live for milliseconds: vacuum early and without pause.
create table outbox (entry bigint primary key)
    with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
          autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 1000);

-- Entries in the order they were told, each hash over the one before: position has no gap.
create table chain (
    position bigint primary key,
    entry bigint not null unique,
    hash bytea not null
);

-- Events already applied here.
create table inbox (
    id uuid primary key,
    at timestamptz not null default now()
);
create index inbox_at on inbox (at);

-- Events that could not be applied (yet): one being retried, those of the same record waiting behind it, and those given up on.
-- Spans tenants, as the queue does; the service sees only who waits for whom, ops see what.
create table parked (
    id uuid primary key,
    tenant uuid not null,
    record_id uuid not null,
    version int not null,
    type text not null,
    state text not null check (state in ('retrying', 'parked')),
    attempts int not null,
    error text not null,
    headers jsonb not null,
    body bytea not null,
    since timestamptz not null,
    changed timestamptz not null
);
create index parked_record on parked (record_id, version);

-- First answers to requests that carried an Idempotency-Key.
create table idempotency (
    tenant uuid not null,
    key text not null,
    request bytea not null,
    status int not null,
    headers jsonb not null,
    body text not null,
    at timestamptz not null,
    primary key (tenant, key)
);
create index idempotency_at on idempotency (at);
select crm_protect('idempotency', 'select, insert');

do $$
begin
    execute format('grant usage on schema crm to %I, %I', crm.login(), crm.ops());
    execute format('grant insert on outbox to %I', crm.login());
    execute format('grant select, insert on inbox to %I', crm.login());
    execute format('grant select (id, record_id, version, state, attempts), insert, update, delete on parked to %I', crm.login());
    execute format('grant select on journal, chain, outbox, inbox, parked to %I', crm.ops());
    execute format('grant delete on outbox, inbox, parked, idempotency to %I', crm.ops());
    execute format('grant select on idempotency to %I', crm.ops());
    execute format('grant insert on chain to %I', crm.ops());
    execute format('grant insert, update on parked to %I', crm.ops());
end $$;
