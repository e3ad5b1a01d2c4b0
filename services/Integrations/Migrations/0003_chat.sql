-- Webhooks that speak to people: in which form, and what they say.
alter table webhook add column format text not null default 'standard', add column message text;
