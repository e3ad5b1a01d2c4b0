-- What is searched of each record, kept beside its table: the record's own columns change often, its searched text hardly ever, and only
-- then the index of trigrams is touched. The tenant is in that index, so that a small tenant's search costs what a small tenant has.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create extension if not exists fuzzystrmatch;

create function crm_searched(tab regclass) returns void language plpgsql as $$
declare
    texts text := tab || '_search';
begin
    -- Texts are made again by whoever migrates: the owner, as whom nobody can log in.
    if not exists (select from pg_policy where polrelid = tab and polname = 'owner') then
        execute format('create policy owner on %s to %I using (true) with check (true)', tab, current_user);
    end if;
    if to_regclass(quote_ident(texts)) is not null then
        return;
    end if;
    execute format($sql$
        create table %1$I (tenant uuid not null, id uuid not null, text text not null, primary key (tenant, id));
        alter table %1$I alter column text set statistics 500;
        create index on %1$I using gin (tenant, text gin_trgm_ops) with (fastupdate = on, gin_pending_list_limit = 1024);
        create policy owner on %1$I to %2$I using (true) with check (true)
        $sql$, texts, current_user);
    perform crm_protect(to_regclass(quote_ident(texts)));
end $$;

-- Every table of records has it, and an index for the order in which they were last changed.
alter function crm_record(regclass) rename to crm_record_itself;
create function crm_record(tab regclass) returns void language plpgsql as $$
begin
    perform crm_record_itself(tab);
    execute format('create index if not exists %I on %s (tenant, updated_at desc, id desc) where deleted_at is null', tab || '_changed', tab);
    perform crm_searched(tab);
end $$;

do $$
declare
    tab regclass;
begin
    for tab in select c.oid::regclass from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'external_ids')
    loop
        perform crm_record(tab);
    end loop;
end $$;

-- The words of what is searched, forwards and backwards: a slip of the finger leaves the beginning or the end of a word as it is.
create table search_word (
    tenant uuid not null,
    word text collate "C" not null,
    back text collate "C" not null generated always as (reverse(word)) stored
);
create index search_word_forwards on search_word (tenant, word);
create index search_word_backwards on search_word (tenant, back);
select crm_protect('search_word');
create policy owner on search_word to current_user using (true) with check (true);

-- Of what fields the texts of a record type were made.
create table search_declaration (record text primary key, declaration text not null);
