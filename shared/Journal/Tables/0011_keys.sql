-- By what records are recognised when they are entered again: e-mail addresses, phones, domains, names. A table of its own, because one record
-- has many, and because an index on equality is all that row-level security lets a question use.
create table record_key (
    tenant uuid not null,
    record text not null,
    key text not null,
    id uuid not null,
    primary key (tenant, record, key, id)
);
select crm_protect('record_key');
create policy owner on record_key to current_user using (true) with check (true);
