-- What tokens are signed with. Belongs to no company (see 0002). The private half is sealed.
create table signing_key (
    tenant uuid not null,
    kid text not null,
    public jsonb not null,
    private bytea not null,
    made_at timestamptz not null,
    signs_from timestamptz not null,
    primary key (tenant, kid)
);
select crm_protect('signing_key');
