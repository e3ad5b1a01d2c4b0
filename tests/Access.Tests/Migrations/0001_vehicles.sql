create table vehicle (plate text not null, colour text, color text);
select crm_record('vehicle');
create table carriage (horses int);
select crm_record('carriage');
