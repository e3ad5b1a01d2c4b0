-- What a webhook has not taken, without a walk over all it has.
create index delivery_open_webhook on delivery (tenant, webhook, tried_at desc, event desc) where state <> 'delivered';
