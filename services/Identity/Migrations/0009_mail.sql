-- Mail to be sent, written with the change it tells of. What it says is sealed, for it opens doors, and gone when it was sent.
create table mail (
    tenant uuid not null,
    id uuid not null,
    kind text not null,
    recipient text not null,
    subject text not null,
    body bytea,
    made_at timestamptz not null,
    next_at timestamptz not null,
    attempts int not null default 0,
    sent_at timestamptz,
    failed_at timestamptz,
    error text,
    primary key (tenant, id)
);
create index mail_waiting on mail (next_at) where sent_at is null and failed_at is null;
create index mail_made on mail (made_at);
select crm_protect('mail');
do $$ begin execute format('grant select, update, delete on mail to %I', crm.ops()); end $$;
