create table product (
    name text not null,
    sku text,
    family text,
    unit text,
    description text,
    tax_class text,
    period text not null,
    cost jsonb,
    retired boolean not null
);
select crm_record('product');
create unique index "product__sku" on product (tenant, sku) where sku is not null and deleted_at is null;

create table price_book (
    name text not null,
    currency text not null,
    tier text,
    archived boolean not null
);
select crm_record('price_book');
create unique index "price_book__name" on price_book (tenant, lower(name)) where deleted_at is null;

create table price (
    product_id uuid not null,
    price_book_id uuid not null,
    amount numeric not null,
    period text
);
select crm_record('price');
create unique index "price__productId" on price (tenant, price_book_id, product_id) where deleted_at is null;
