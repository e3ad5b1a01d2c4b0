-- Which field of a lead becomes which of a contact, an account or a deal, beside what is usual.
create table conversion_mapping (
    target text not null,
    "to" text not null,
    "from" text
);
select crm_record('conversion_mapping');
create unique index "conversion_mapping__to" on conversion_mapping (tenant, target, "to") where deleted_at is null;

-- By what people and companies of contacts are recognised here. What is entered and what is looked for go through the same functions.
create table copy_key (
    tenant uuid not null,
    record text not null,
    key text not null,
    id uuid not null,
    primary key (tenant, record, key, id)
);
select crm_protect('copy_key');

-- Without case, accents and signs; the words in the order of the alphabet: "Lovelace, Ada" is "Ada Lovelace".
create function name_words(name text) returns text language sql immutable parallel safe as $$
    select string_agg(word, ' ' order by word) from regexp_split_to_table(
        regexp_replace(replace(lower(normalize(name, NFKD) collate "C.utf8"), 'ß', 'ss'), '[\u0300-\u036f]+', '', 'g'), '[^[:alnum:]]+') word
    where word <> ''
$$;

-- How it sounds, roughly: consonants alone, those that are taken for each other as one, none twice in a row.
create function name_sound(name text) returns text language sql immutable parallel safe as $$
    select regexp_replace(regexp_replace(translate(
        replace(replace(name_words(name), 'ph', 'f'), 'ck', 'k'), 'cqzdvwjaeiouyh', 'kkstff'), '([a-z])\1+', '\1', 'g'), ' +', ' ', 'g')
$$;

create function company_words(name text) returns text language sql immutable parallel safe as $$
    select name_words(regexp_replace(regexp_replace(lower(name collate "C.utf8"), '[.,&]', '', 'g'),
        '(\s+(gmbh|ag|se|kg|kgaa|ohg|ug|eg|ev|inc|incorporated|ltd|limited|llc|llp|lp|plc|corp|corporation|co|company|sa|sas|sarl|srl|spa|bv|nv|ab|as|asa'
        '|aps|oy|oyj|pty|kk|sro|doo|holding|group))+\s*$', ''))
$$;

create function list_of(value jsonb) returns setof jsonb language sql immutable parallel safe as $$
    select jsonb_array_elements(case jsonb_typeof(value) when 'array' then value else '[]' end)
$$;

create function person_keys(person jsonb) returns text[] language sql immutable parallel safe as $$
    select coalesce(array_agg(distinct k), '{}') from (
        select 'email ' || lower((e ->> 'address') collate "C.utf8") from list_of(person -> 'emails') e
        union all select 'phone ' || (p ->> 'number') from list_of(person -> 'phones') p
        union all select 'name ' || name_words(n) from concat_ws(' ', person ->> 'firstName', person ->> 'lastName') n where position(' ' in n) > 1
        union all select 'sound ' || name_sound(n) from concat_ws(' ', person ->> 'firstName', person ->> 'lastName') n
            where position(' ' in n) > 1 and length(name_sound(n)) > 3
    ) keys (k) where k is not null
$$;

create function company_keys(company jsonb) returns text[] language sql immutable parallel safe as $$
    select coalesce(array_agg(distinct k), '{}') from (
        select 'domain ' || lower(d #>> '{}') from list_of(company -> 'domains') d
        union all select 'name ' || company_words(company ->> 'name')
        union all select 'sound ' || name_sound(company_words(company ->> 'name')) where length(name_sound(company_words(company ->> 'name'))) > 3
    ) keys (k) where k is not null
$$;

create function keep_copy_keys() returns trigger language plpgsql as $$
declare
    keys text[] := case when new.deleted then '{}' when new.record = 'contacts.contact' then person_keys(new.fields) else company_keys(new.fields) end;
begin
    delete from copy_key where tenant = new.tenant and record = new.record and id = new.id and not key = any(keys);
    insert into copy_key (tenant, record, key, id) select new.tenant, new.record, k, new.id from unnest(keys) k on conflict do nothing;
    return null;
end $$;
create index copy_key_of on copy_key (tenant, record, id);
create trigger keys_entered after insert on copy for each row
    when (new.record in ('contacts.contact', 'contacts.account')) execute function keep_copy_keys();
create trigger keys_changed after update on copy for each row
    when (new.record in ('contacts.contact', 'contacts.account') and (old.fields, old.deleted) is distinct from (new.fields, new.deleted))
    execute function keep_copy_keys();
