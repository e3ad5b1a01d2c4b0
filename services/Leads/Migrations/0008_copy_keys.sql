-- Copies that are gone after a rebuilding are found by nothing.
create function forget_copy_keys() returns trigger language plpgsql as $$
begin
    delete from copy_key where tenant = old.tenant and record = old.record and id = old.id;
    return null;
end $$;
create trigger keys_gone after delete on copy for each row
    when (old.record in ('contacts.contact', 'contacts.account')) execute function forget_copy_keys();
