create table currency_rate (
    currency text not null,
    valid_from date not null,
    rate numeric not null
);
select crm_record('currency_rate');
create unique index "currency_rate__validFrom" on currency_rate (tenant, currency, valid_from) where deleted_at is null;

create table pipeline_settings (
    reporting_currency text,
    win_reasons text[] not null,
    loss_reasons text[] not null,
    year_begins int
);
select crm_record('pipeline_settings');
create unique index pipeline_settings_one on pipeline_settings (tenant) where deleted_at is null;
