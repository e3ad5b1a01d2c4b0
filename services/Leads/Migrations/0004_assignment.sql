create table assignment_rule (
    name text not null,
    position int not null,
    condition text,
    users jsonb not null default '[]',
    to_team_id uuid,
    mode text not null,
    capacity int,
    only_at_work boolean not null,
    inactive boolean not null
);
select crm_record('assignment_rule');

-- Who was given something last by a rule: the next one comes after them.
create table rotation (
    tenant uuid not null,
    rule uuid not null,
    last uuid not null,
    primary key (tenant, rule)
) with (fillfactor = 50);
select crm_protect('rotation');

create table response_target (
    name text not null,
    position int not null,
    condition text,
    minutes int not null,
    working_hours jsonb not null default '[]',
    time_zone text,
    holidays text[] not null default '{}',
    escalation text not null,
    inactive boolean not null
);
select crm_record('response_target');
