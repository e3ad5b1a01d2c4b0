-- Programs of partners: OAuth clients, and API keys for those that cannot do OAuth. Their secrets are random and long: a plain hash keeps them.
create table client (
    name text not null,
    client_id text not null,
    kind text not null,
    redirect_uris text[] not null,
    post_logout_redirect_uris text[] not null,
    scopes text[] not null,
    roles text[] not null,
    trusted boolean not null,
    revoked_at timestamptz
);
select crm_record('client');

create table api_key (
    name text not null,
    prefix text,
    roles text[] not null,
    scopes text[] not null,
    networks text[] not null,
    expires_at timestamptz,
    revoked_at timestamptz
);
select crm_record('api_key');

-- The secrets of both: two while one takes the other's place. When one was used is no news, so it is not in the record.
create table program_secret (
    tenant uuid not null,
    hash bytea not null,
    program uuid not null,
    prefix text not null,
    made_at timestamptz not null,
    ends_at timestamptz,
    used_at timestamptz,
    used_from text,
    primary key (tenant, hash)
);
create index program_secret_program on program_secret (tenant, program);
select crm_protect('program_secret');
