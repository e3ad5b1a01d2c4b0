-- What people agree to with a form, in a word, and on which way they may be reached for it.
alter table form add column consent_purpose text, add column consent_channel text;
alter table form_submission add column consent_purpose text, add column consent_channel text;
create index form_submission_lead on form_submission (tenant, lead_id) where lead_id is not null;
