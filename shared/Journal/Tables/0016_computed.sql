-- Fields whose values are computed when a record is read: what computes them, and what they give.
alter table custom_field
    add column formula text,
    add column list text,
    add column function text,
    add column field text,
    add column filter text,
    add column gives text;
