-- What happens to leads and deals, too: of which record a line is, several lines of one change, and what it went from and to.
alter table timeline
    add column record text not null default 'contacts.contact',
    add column line smallint not null default 0,
    add column facts jsonb,
    drop constraint timeline_pkey,
    add primary key (tenant, record_id, version, line);

-- The leads and deals of a person or a company are found from their copies.
create index copy_deal_account on copy (tenant, (fields ->> 'accountId')) where record = 'pipeline.deal';
create index copy_deal_contact on copy (tenant, (fields ->> 'contactId')) where record = 'pipeline.dealContact';
create index copy_lead_contact on copy (tenant, (fields ->> 'convertedContactId')) where record = 'leads.lead';
create index copy_lead_account on copy (tenant, (fields ->> 'convertedAccountId')) where record = 'leads.lead';
