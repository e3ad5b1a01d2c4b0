-- How current the copies of other services' records are: a row for each service that is heard. Spans tenants, as the queue does.
create table replica (
    source text primary key, -- 'contacts'
    as_of timestamptz, -- all that the source had committed until then has been taken up
    position bigint not null default 0, -- of the source's chain, then
    rebuild uuid, -- the last rebuilding of its copies
    rebuild_begun timestamptz,
    rebuild_ended timestamptz -- null while it is under way
);

-- The copies of a rebuilding: filled from the source's journal beside those that are read, and put in their place at its end.
create table copy_anew (like copy including all);
select crm_protect('copy_anew');

do $$
begin
    execute format('grant select, insert, update on replica to %I, %I', crm.login(), crm.ops());
    execute format('grant select, delete on copy_anew to %I', crm.ops());
end $$;
