create table scorecard (
    name text not null,
    questions jsonb not null default '[]',
    points_to_qualify int
);
select crm_record('scorecard');

create table scorecard_answer (
    lead_id uuid not null,
    scorecard_id uuid not null,
    answers jsonb not null default '[]',
    points int not null,
    missing text[] not null default '{}'
);
select crm_record('scorecard_answer');
create unique index "scorecard_answer__scorecardId" on scorecard_answer (tenant, lead_id, scorecard_id) where deleted_at is null;
