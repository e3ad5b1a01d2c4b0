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
