-- The same keys, kept with less work: functions whose plans are kept, and one statement for however many rows are entered at once.
create or replace function contact_keys(emails jsonb, phones jsonb, name text, account uuid) returns text[] language plpgsql immutable parallel safe as $$
declare
    keys text[] := '{}';
    plain text;
begin
    for i in 0 .. jsonb_array_length(emails) - 1 loop
        keys := keys || ('email ' || lower((emails -> i ->> 'address') collate "C.utf8"));
    end loop;
    for i in 0 .. jsonb_array_length(phones) - 1 loop
        keys := keys || ('phone ' || (phones -> i ->> 'number'));
    end loop;
    if account is not null then
        plain := name_key(name);
        if plain <> '' then
            keys := keys || ('name ' || plain || ' ' || account);
        end if;
    end if;
    return array_remove(keys, null);
end $$;

create or replace function account_keys(domains text[], name text) returns text[] language plpgsql immutable parallel safe as $$
declare
    keys text[] := '{}';
    plain text := company_key(name);
begin
    for i in 1 .. coalesce(array_length(domains, 1), 0) loop
        keys := keys || ('domain ' || domains[i]);
    end loop;
    if plain <> '' then
        keys := keys || ('name ' || plain);
    end if;
    return keys;
end $$;

drop trigger keys_entered on contact;
drop trigger keys_entered on account;

create or replace function enter_contact_keys() returns trigger language plpgsql as $$
begin
    insert into match_key (tenant, record, key, id)
    select n.tenant, 'contact', k, n.id from entered n, unnest(contact_keys(n.emails, n.phones, n.display_name, n.account_id)) k
    where n.deleted_at is null
    on conflict do nothing;
    return null;
end $$;
create trigger keys_entered after insert on contact referencing new table as entered for each statement execute function enter_contact_keys();

create or replace function enter_account_keys() returns trigger language plpgsql as $$
begin
    insert into match_key (tenant, record, key, id)
    select n.tenant, 'account', k, n.id from entered n, unnest(account_keys(n.domains, n.name)) k
    where n.deleted_at is null
    on conflict do nothing;
    return null;
end $$;
create trigger keys_entered after insert on account referencing new table as entered for each statement execute function enter_account_keys();

drop function keep_keys(uuid, text, uuid, text[], text[]);
-- One by one, so that each is found by the whole of the primary key.
create function keep_keys(of uuid, what text, ours uuid, was text[], now text[]) returns void language plpgsql as $$
declare one text;
begin
    foreach one in array was loop
        if not one = any(now) then
            delete from match_key m where m.tenant = of and m.record = what and m.key = one and m.id = ours;
        end if;
    end loop;
    foreach one in array now loop
        if not one = any(was) then
            insert into match_key (tenant, record, key, id) values (of, what, one, ours) on conflict do nothing;
        end if;
    end loop;
end $$;
