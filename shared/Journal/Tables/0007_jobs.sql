-- What is done to many records in the background: in steps, each a transaction that also notes here how far it is. Whoever holds the lease
-- does the next step; one that ends without a word loses it, and another goes on from the last step that was committed.
create table job (
    tenant uuid not null,
    id uuid not null,
    kind text not null, -- 'bulk-edit', 'import'
    record text not null,
    state text not null check (state in ('prepared', 'queued', 'running', 'done', 'failed', 'cancelled')),
    operation uuid not null,
    actor jsonb not null,
    trace text,
    request jsonb not null,
    place jsonb,
    total bigint,
    done bigint not null default 0,
    changed bigint not null default 0,
    failed bigint not null default 0,
    errors jsonb not null default '[]',
    problem jsonb,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz,
    cancel boolean not null default false,
    lease uuid,
    lease_until timestamptz,
    attempts int not null default 0,
    turn timestamptz not null default now(), -- tenants take turns: the one that waited longest is next
    primary key (tenant, id)
);
create index job_operation on job (tenant, operation);
create index job_open on job (turn) where state in ('queued', 'running');
select crm_protect('job');

-- Files of jobs: what was uploaded, and what was turned down. In pieces, so that nobody has to hold one as a whole.
create table job_file (
    tenant uuid not null,
    job uuid not null,
    name text not null,
    part int not null,
    data bytea not null,
    primary key (tenant, job, name, part),
    foreign key (tenant, job) references job (tenant, id) on delete cascade
);
select crm_protect('job_file', 'select, insert');

do $$
begin
    execute format('grant select, update, delete on job to %I', crm.ops());
end $$;
