-- Whoever names a record as another one is just being named waits for that one before having a place of its own, so of many at once one comes first.
-- A deferrable key lets all of them in and then makes each wait for all the others, until the database ends them one by one.
-- What is wrong only on the way (two records that swap their names) is still right in the end: a name is given up at once, and taken when constraints
-- are looked at, as it is by then.
alter table external_id drop constraint "external_id__externalIds";
alter table external_id add constraint "external_id__externalIds" primary key (tenant, record, system, id);

create or replace function crm_name_externally() returns trigger language plpgsql as $$
begin
    insert into external_id (tenant, record, system, id, record_id)
    select distinct new.tenant, tg_table_name, e ->> 'system', e ->> 'id', new.id from jsonb_array_elements(new.external_ids) e order by 3, 4;
    return null;
end $$;

create function crm_give_names_up() returns trigger language plpgsql as $$
begin
    delete from external_id where tenant = new.tenant and record = tg_table_name and record_id = new.id;
    return null;
end $$;

create function crm_take_names() returns trigger language plpgsql as $$
declare names jsonb;
begin
    execute format('select external_ids from %I where tenant = $1 and id = $2 and deleted_at is null', tg_table_name)
        into names using new.tenant, new.id;
    insert into external_id (tenant, record, system, id, record_id)
    select distinct new.tenant, tg_table_name, e ->> 'system', e ->> 'id', new.id from jsonb_array_elements(names) e
    where not exists (
        select from external_id x
        where x.tenant = new.tenant and x.record = tg_table_name and x.system = e ->> 'system' and x.id = e ->> 'id' and x.record_id = new.id)
    order by 3, 4;
    return null;
end $$;

create function crm_named(tab regclass) returns void language plpgsql as $$
declare changed text := 'when (old.external_ids <> new.external_ids '
    'or (old.deleted_at is null) <> (new.deleted_at is null) and new.external_ids <> ''[]'')';
begin
    execute format('drop trigger if exists external_ids_entered on %s', tab);
    execute format('drop trigger if exists external_ids_changed on %s', tab);
    execute format('drop trigger if exists external_ids_taken on %s', tab);
    execute format('create trigger external_ids_entered after insert on %s for each row '
        'when (new.external_ids <> ''[]'' and new.deleted_at is null) execute function crm_name_externally()', tab);
    execute format('create trigger external_ids_changed after update of external_ids, deleted_at on %s for each row %s '
        'execute function crm_give_names_up()', tab, changed);
    execute format('create constraint trigger external_ids_taken after update of external_ids, deleted_at on %s deferrable for each row %s '
        'execute function crm_take_names()', tab, changed);
end $$;

create or replace function crm_record(tab regclass) returns void language plpgsql as $$
begin
    perform crm_record_columns(tab);
    perform crm_reach(tab);
    perform crm_named(tab);
end $$;

select crm_named(tgrelid::regclass) from pg_trigger where tgname = 'external_ids_changed';
