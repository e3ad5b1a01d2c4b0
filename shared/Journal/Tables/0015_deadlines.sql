-- A column with a time at which something is to be done with the record: whoever looks for what is due, of all tenants, finds it by an index and sees
-- nothing else of the row.
create function crm_deadline(tab regclass, col name) returns void language plpgsql as $$
begin
    execute format('create index if not exists %I on %s (%I) where %I is not null and deleted_at is null', tab || '_' || col || '_due', tab, col, col);
    execute format('grant select (tenant, id, deleted_at, %I) on %s to %I', col, tab, crm.ops());
end $$;
