-- That somebody lets a client act for them, until it ends.
create table connection (
    user_id uuid not null,
    sign_in_id uuid not null,
    client_id text not null,
    client_name text not null,
    scopes text[] not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    ended_because text
);
select crm_record('connection');
create index connection_user on connection (tenant, user_id, started_at desc) where ended_at is null;

-- What somebody has agreed to: they are not asked again for the same.
create table consent (
    tenant uuid not null,
    user_id uuid not null,
    client_id text not null,
    scopes text[] not null,
    at timestamptz not null,
    primary key (tenant, user_id, client_id)
);
select crm_protect('consent');

create table oauth_code (
    tenant uuid not null,
    hash bytea not null,
    client_id text not null,
    redirect_uri text not null,
    scopes text[] not null,
    challenge text not null,
    nonce text,
    user_id uuid not null,
    sign_in_id uuid not null,
    ends_at timestamptz not null,
    used_at timestamptz,
    connection uuid,
    primary key (tenant, hash)
);
create index oauth_code_ends on oauth_code (ends_at);
select crm_protect('oauth_code');

-- Each is used once, for tokens and the next one. A used one that comes again is in two hands: then the connection ends.
create table refresh_token (
    tenant uuid not null,
    hash bytea not null,
    connection uuid not null,
    auth_time timestamptz not null,
    amr text[] not null,
    made_at timestamptz not null,
    ends_at timestamptz not null,
    used_at timestamptz,
    primary key (tenant, hash)
);
create index refresh_token_connection on refresh_token (tenant, connection);
create index refresh_token_ends on refresh_token (ends_at);
select crm_protect('refresh_token');

do $$
begin
    execute format('grant select, delete on oauth_code, refresh_token, program_secret to %I', crm.ops());
end $$;
