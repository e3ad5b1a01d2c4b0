-- By what people and companies are recognised is kept by the session that writes them, for all record types alike.
drop trigger keys_entered on contact;
drop trigger keys_changed on contact;
drop trigger keys_entered on account;
drop trigger keys_changed on account;
drop function enter_contact_keys(), enter_account_keys(), keep_contact_keys(), keep_account_keys();
drop function keep_keys(uuid, text, uuid, text[], text[]), contact_keys(jsonb, jsonb, text, uuid), account_keys(text[], text);
drop function company_key(text), name_key(text);
drop table match_key;
