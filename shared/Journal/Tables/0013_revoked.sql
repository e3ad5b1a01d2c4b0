-- What tokens came from that counts no longer (a sign-in, an API key, a client, a grant), until the last token of it has ended.
create table revoked (
    tenant uuid not null,
    source uuid not null,
    heard timestamptz not null default clock_timestamp(),
    primary key (tenant, source)
);
create index revoked_heard on revoked (heard);
select crm_protect('revoked', 'select, insert, update');

do $$
begin
    execute format('grant select, delete on revoked to %I', crm.ops());
end $$;
