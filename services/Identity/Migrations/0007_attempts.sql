-- Attempts to log in that failed, by account, by address, by device: how many, and when the next may be made.
create table attempt (
    tenant uuid not null,
    key text not null,
    failed int not null,
    at timestamptz not null,
    open_at timestamptz not null,
    primary key (tenant, key)
);
create index attempt_at on attempt (at);
select crm_protect('attempt');

-- Devices a person has logged in with: who tries from one of these is not slowed down by what strangers do.
create table device (
    tenant uuid not null,
    email text not null,
    hash bytea not null,
    name text not null,
    seen_at timestamptz not null,
    primary key (tenant, email, hash)
);
create index device_seen on device (seen_at);
select crm_protect('device');

do $$
begin
    execute format('grant select, delete on attempt to %I', crm.ops());
    execute format('grant select, delete on device to %I', crm.ops());
end $$;
