-- What a mail lets its reader do, once: confirm a new company, accept an invitation, choose a new password. Only the hash of what the mail says.
create table link (
    tenant uuid not null,
    hash bytea not null,
    purpose text not null,
    email text not null,
    user_id uuid,
    data jsonb not null,
    made_at timestamptz not null,
    ends_at timestamptz not null,
    used_at timestamptz,
    primary key (tenant, hash)
);
create index link_email on link (tenant, email, purpose);
create index link_ends on link (ends_at);
select crm_protect('link');
do $$ begin execute format('grant select, delete on link to %I', crm.ops()); end $$;
