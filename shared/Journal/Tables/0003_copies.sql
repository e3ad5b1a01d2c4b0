-- Fields of other services' records that this service keeps for itself, current by events. Each field has the version it comes from, so
-- events may arrive in any order (a replay beside the live stream) and the newest value stays.
create table copy (
    tenant uuid not null,
    record text not null, -- 'contacts.contact'
    id uuid not null,
    version int not null,
    fields jsonb not null,
    versions jsonb not null,
    deleted boolean not null,
    primary key (tenant, record, id)
);
select crm_protect('copy');

do $$
begin
    execute format('grant select on copy to %I', crm.ops());
end $$;
