-- By what people and companies are recognised when they are entered again: e-mail addresses, phones, domains, names. A table of its own,
-- because one person has many, and because an index on equality is all that row-level security lets a question use.
create table match_key (
    tenant uuid not null,
    record text not null,
    key text not null,
    id uuid not null,
    primary key (tenant, record, key, id)
);

-- A name without case, accents, spaces and signs.
create or replace function name_key(name text) returns text language sql immutable parallel safe as $$
    select regexp_replace(lower(normalize(name, NFKD) collate "C.utf8"), '[^[:alnum:]]+', '', 'g')
$$;

-- A company's name without what it is in law.
create or replace function company_key(name text) returns text language sql immutable parallel safe as $$
    select name_key(regexp_replace(regexp_replace(lower(name collate "C.utf8"), '[.,&]', '', 'g'),
        '(\s+(gmbh|ag|se|kg|kgaa|ohg|ug|eg|ev|inc|incorporated|ltd|limited|llc|llp|lp|plc|corp|corporation|co|company|sa|sas|sarl|srl|spa|bv|nv|ab|as|asa'
        '|aps|oy|oyj|pty|kk|sro|doo|holding|group))+\s*$', ''))
$$;

create or replace function contact_keys(emails jsonb, phones jsonb, name text, account uuid) returns text[] language sql immutable parallel safe as $$
    select coalesce(array_agg(distinct k), '{}') from (
        select 'email ' || lower((e ->> 'address') collate "C.utf8") from jsonb_array_elements(emails) e
        union all select 'phone ' || (p ->> 'number') from jsonb_array_elements(phones) p
        union all select 'name ' || name_key(name) || ' ' || account where name_key(name) <> ''
    ) keys (k) where k is not null
$$;

create or replace function account_keys(domains text[], name text) returns text[] language sql immutable parallel safe as $$
    select coalesce(array_agg(distinct k), '{}') from (
        select 'domain ' || d from unnest(domains) d
        union all select 'name ' || company_key(name) where company_key(name) <> ''
    ) keys (k)
$$;

create or replace function keep_keys(of uuid, what text, ours uuid, was text[], now text[]) returns void language sql as $$
    delete from match_key where tenant = of and record = what and id = ours and key = any(was) and not key = any(now);
    insert into match_key (tenant, record, key, id) select of, what, k, ours from unnest(now) k where not k = any(was) on conflict do nothing;
$$;

create or replace function keep_contact_keys() returns trigger language plpgsql as $$
begin
    perform keep_keys(new.tenant, 'contact', new.id,
        case when tg_op = 'UPDATE' and old.deleted_at is null then contact_keys(old.emails, old.phones, old.display_name, old.account_id) else '{}' end,
        case when new.deleted_at is null then contact_keys(new.emails, new.phones, new.display_name, new.account_id) else '{}' end);
    return null;
end $$;
create trigger keys_entered after insert on contact for each row execute function keep_contact_keys();
create trigger keys_changed after update of emails, phones, display_name, account_id, deleted_at on contact for each row
    when ((old.emails, old.phones, old.display_name, old.account_id, old.deleted_at is null)
        is distinct from (new.emails, new.phones, new.display_name, new.account_id, new.deleted_at is null))
    execute function keep_contact_keys();

create or replace function keep_account_keys() returns trigger language plpgsql as $$
begin
    perform keep_keys(new.tenant, 'account', new.id,
        case when tg_op = 'UPDATE' and old.deleted_at is null then account_keys(old.domains, old.name) else '{}' end,
        case when new.deleted_at is null then account_keys(new.domains, new.name) else '{}' end);
    return null;
end $$;
create trigger keys_entered after insert on account for each row execute function keep_account_keys();
create trigger keys_changed after update of domains, name, deleted_at on account for each row
    when ((old.domains, old.name, old.deleted_at is null) is distinct from (new.domains, new.name, new.deleted_at is null))
    execute function keep_account_keys();

alter table account no force row level security;
alter table contact no force row level security;
insert into match_key (tenant, record, key, id)
select tenant, 'contact', unnest(contact_keys(emails, phones, display_name, account_id)), id from contact where deleted_at is null
union all
select tenant, 'account', unnest(account_keys(domains, name)), id from account where deleted_at is null;
alter table account force row level security;
alter table contact force row level security;
select crm_protect('match_key');
