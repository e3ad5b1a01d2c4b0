-- What other systems call records: of one type, one record per system and id. One in the trash gives its names free.
create table external_id (
    tenant uuid not null,
    record text not null,
    system text not null,
    id text not null,
    record_id uuid not null,
    constraint "external_id__externalIds" primary key (tenant, record, system, id) deferrable
);
create index external_id_record on external_id (tenant, record, record_id);
select crm_protect('external_id');

create function crm_name_externally() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from external_id where tenant = new.tenant and record = tg_table_name and record_id = new.id;
    end if;
    if new.deleted_at is null then
        insert into external_id (tenant, record, system, id, record_id)
        select distinct new.tenant, tg_table_name, e ->> 'system', e ->> 'id', new.id from jsonb_array_elements(new.external_ids) e;
    end if;
    return null;
end $$;

create or replace function crm_record(tab regclass) returns void language plpgsql as $$
begin
    execute format($sql$
        alter table %1$s
            add column if not exists tenant uuid not null,
            add column if not exists id uuid not null,
            add column if not exists version int not null,
            add column if not exists created_at timestamptz not null,
            add column if not exists updated_at timestamptz not null,
            add column if not exists deleted_at timestamptz,
            add column if not exists created_by jsonb,
            add column if not exists updated_by jsonb,
            add column if not exists owner_id uuid,
            add column if not exists team_id uuid,
            add column if not exists tags text[] not null default '{}',
            add column if not exists external_ids jsonb not null default '[]',
            add column if not exists custom jsonb not null default '{}'
        $sql$, tab);
    if not exists (select from pg_index where indrelid = tab and indisprimary) then
        execute format('alter table %s add primary key (tenant, id)', tab);
    end if;
    execute format('create index if not exists %I on %s (tenant, created_at desc, id desc) where deleted_at is null', tab || '_newest', tab);
    execute format('create index if not exists %I on %s (tenant, owner_id) where owner_id is not null', tab || '_owner', tab);
    execute format('create index if not exists %I on %s using gin (external_ids jsonb_path_ops) where external_ids <> ''[]''', tab || '_external', tab);
    if not exists (select from pg_trigger where tgrelid = tab and tgname = 'external_ids_changed') then
        execute format('create trigger external_ids_entered after insert on %s for each row '
            'when (new.external_ids <> ''[]'') execute function crm_name_externally()', tab);
        execute format('create trigger external_ids_changed after update of external_ids, deleted_at on %s for each row '
            'when (old.external_ids <> new.external_ids or (old.deleted_at is null) <> (new.deleted_at is null) and new.external_ids <> ''[]'') '
            'execute function crm_name_externally()', tab);
    end if;
    if not exists (select from pg_policy where polrelid = tab) then
        perform crm_protect(tab);
    end if;
end $$;
do $$
declare tab regclass;
begin
    for tab in select attrelid::regclass from pg_attribute
        join pg_class on pg_class.oid = attrelid and relkind = 'r' where attname = 'external_ids' and not attisdropped
    loop
        perform crm_record(tab);
    end loop;
end $$;

-- Makes a column that refers to the same table a hierarchy: nothing is above itself, whoever writes at the same time.
--     select crm_tree('account', 'parent_id', 'parentId');
create function crm_tree(tab regclass, col name, field text) returns void language plpgsql as $$
begin
    execute format('create constraint trigger %1$I after update of %2$I on %3$s deferrable for each row '
        'when (new.%2$I is not null and new.%2$I is distinct from old.%2$I) execute function crm_not_above_itself(%2$L, %4$L)',
        col || '_tree', col, tab, field);
end $$;

-- One writer of a tenant's hierarchy at a time: two changes that are right each for itself can make a circle together.
create function crm_not_above_itself() returns trigger language plpgsql as $$
declare circle boolean;
begin
    perform pg_advisory_xact_lock(hashtextextended(new.tenant || '/' || tg_table_name || '/' || tg_argv[0], 0));
    execute format($sql$
        with recursive above (id) as (
            select %1$I from %2$I where tenant = $1 and id = $2
            union
            select r.%1$I from above a join %2$I r on r.tenant = $1 and r.id = a.id)
        select exists (select from above where id = $2)
        $sql$, tg_argv[0], tg_table_name) into circle using new.tenant, new.id;
    if circle then
        raise exception '% leads back to the record itself.', tg_argv[1] using errcode = 'CRM03', constraint = tg_argv[1];
    end if;
    return null;
end $$;

-- As before, with the field's name where a driver that hides details of errors still says it.
create or replace function crm_refers(hits bigint, field text) returns void language plpgsql as $$
begin
    if hits = 0 then
        raise exception 'the record that % refers to is not there', field using errcode = 'CRM02', constraint = field;
    end if;
end $$;
