select crm_record('account');
select crm_record('contact');
