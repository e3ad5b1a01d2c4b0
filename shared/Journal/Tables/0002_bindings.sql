-- Every routing key the service's queue was ever bound with: the broker does not say, and what no version wants any more must be unbound.
create table binding (key text primary key);

do $$
begin
    execute format('grant select, insert on binding to %I', crm.ops());
end $$;
