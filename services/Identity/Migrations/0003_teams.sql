create table team (
    name text not null,
    parent_id uuid,
    lead_id uuid
);
select crm_record('team');
create index team_parent on team (tenant, parent_id) where parent_id is not null;
select crm_tree('team', 'parent_id', 'parentId');
