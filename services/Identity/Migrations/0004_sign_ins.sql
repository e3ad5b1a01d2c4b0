create table sign_in (
    user_id uuid not null,
    started_at timestamptz not null,
    device text not null,
    address text not null,
    ended_at timestamptz,
    ended_because text
);
select crm_record('sign_in');
create index sign_in_user on sign_in (tenant, user_id, started_at desc) where ended_at is null;

-- How a browser shows that a sign-in is its own: the hash of what its cookie says. When it was last seen is no news, so it is not in the record.
create table sign_in_secret (
    tenant uuid not null,
    id uuid not null,
    hash bytea not null,
    email text not null,
    amr text[] not null,
    seen_at timestamptz not null,
    ends_at timestamptz not null,
    primary key (tenant, id)
);
create index sign_in_secret_seen on sign_in_secret (seen_at);
select crm_protect('sign_in_secret');
do $$ begin execute format('grant select, delete on sign_in_secret to %I', crm.ops()); end $$;
