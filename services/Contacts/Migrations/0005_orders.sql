-- Orders people ask for, as stretches of an index: exactly the expressions shared/Query orders text by.
create index contact_by_last_name on contact (tenant, (lower(last_name collate "C.utf8") collate "C"), id) where deleted_at is null;
create index account_by_name on account (tenant, (lower(name collate "C.utf8") collate "C"), id) where deleted_at is null;
