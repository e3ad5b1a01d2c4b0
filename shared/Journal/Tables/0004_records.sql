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

-- What every table of records has beside its own columns, so that a migration says only what is special about a record type:
--     create table vehicle (plate text not null, seats int);
--     select crm_record('vehicle');
create function crm_record(tab regclass) returns void language plpgsql as $$
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

-- Raises unless what a field refers to is there, in this tenant and not in the trash. The field travels as the constraint's name: drivers hide
-- an error's details, not that.
create function crm_refers(hits bigint, field text) returns void language plpgsql as $$
begin
    if hits = 0 then
        raise exception 'the record that % refers to is not there', field using errcode = 'CRM02', constraint = field;
    end if;
end $$;

-- Fields that tenants have added to the service's record types.
create table custom_field (
    record text not null,
    name text not null,
    label text not null,
    help text,
    kind text not null,
    required boolean not null,
    choices jsonb not null,
    "default" jsonb,
    min numeric,
    max numeric,
    pattern text,
    retired boolean not null,
    indexed boolean not null,
    sensitive boolean not null
);
select crm_record('custom_field');
create unique index custom_field_name on custom_field (tenant, record, name) where deleted_at is null;
