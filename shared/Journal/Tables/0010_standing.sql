-- A job is done by the rules that hold for who asked for it: their roles, null where none decide, and their teams.
alter table job add column roles text[], add column teams uuid[] not null default '{}';
