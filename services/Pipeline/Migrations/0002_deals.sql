create table competitor (
    name text not null,
    website text,
    strengths text,
    weaknesses text,
    battle_card text
);
select crm_record('competitor');
create unique index "competitor__name" on competitor (tenant, lower(name)) where deleted_at is null;

create table deal (
    name text not null,
    account_id uuid,
    pipeline_id uuid not null,
    stage_id uuid not null,
    previous_stage_id uuid,
    stage_entered_at timestamptz not null,
    status text not null,
    done text[] not null,
    amount jsonb,
    lines jsonb not null,
    price_book_id uuid,
    rate numeric,
    converted jsonb,
    manual_probability int,
    probability int not null,
    manual_category text,
    category text not null,
    expected_close_on date,
    first_close_on date,
    slips int not null,
    closed_on date,
    type text,
    source text,
    campaign_id uuid,
    lead_id uuid,
    next_step text,
    next_step_on date,
    description text,
    win_reason text,
    loss_reason text,
    close_note text,
    stalled_at timestamptz,
    overdue_at timestamptz,
    stalls_at timestamptz,
    lapses_at timestamptz,
    value numeric,
    currency text,
    converted_value numeric,
    converted_currency text,
    weighted numeric
);
select crm_record('deal');
-- A stage's deals, the newest first: the cards of a board's column.
create index deal_stage on deal (tenant, stage_id, created_at desc, id desc) where deleted_at is null;
-- What a board counts and sums, without looking at the deals themselves.
create index deal_board on deal (tenant, pipeline_id, stage_id, currency)
    include (value, converted_value, converted_currency, weighted, owner_id, team_id) where deleted_at is null;
create index deal_account on deal (tenant, account_id) where account_id is not null;
create index deal_products on deal using gin (lines jsonb_path_ops) where lines <> '[]';

select crm_deadline('deal', 'stalls_at');
select crm_deadline('deal', 'lapses_at');

create table deal_contact (
    deal_id uuid not null,
    contact_id uuid not null,
    role text,
    "primary" boolean not null,
    note text
);
select crm_record('deal_contact');
create unique index "deal_contact__contactId" on deal_contact (tenant, deal_id, contact_id) where deleted_at is null;
create index deal_contact_contact on deal_contact (tenant, contact_id);

create table deal_member (
    deal_id uuid not null,
    user_id uuid not null,
    role text,
    split numeric not null
);
select crm_record('deal_member');
create unique index "deal_member__userId" on deal_member (tenant, deal_id, user_id) where deleted_at is null;
create index deal_member_user on deal_member (tenant, user_id);

create table deal_competitor (
    deal_id uuid not null,
    competitor_id uuid not null,
    note text,
    has_won boolean not null
);
select crm_record('deal_competitor');
create unique index "deal_competitor__competitorId" on deal_competitor (tenant, deal_id, competitor_id) where deleted_at is null;
create index deal_competitor_competitor on deal_competitor (tenant, competitor_id);

-- Where each deal has been, and how long: written with the deal's row itself, whoever writes it, so that there is no gap.
create table deal_stay (
    tenant uuid not null,
    deal_id uuid not null,
    version int not null, -- the deal's when it came there
    pipeline_id uuid not null,
    stage_id uuid not null,
    from_stage_id uuid,
    entered_at timestamptz not null,
    left_at timestamptz,
    moved_by jsonb,
    primary key (tenant, deal_id, version)
);
create index deal_stay_stage on deal_stay (tenant, stage_id, entered_at);
select crm_protect('deal_stay');

create function keep_stay() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        update deal_stay set left_at = new.updated_at where tenant = new.tenant and deal_id = new.id and left_at is null;
    end if;
    insert into deal_stay (tenant, deal_id, version, pipeline_id, stage_id, from_stage_id, entered_at, moved_by)
    values (new.tenant, new.id, new.version, new.pipeline_id, new.stage_id, case when tg_op = 'UPDATE' then old.stage_id end,
        case when tg_op = 'UPDATE' then new.updated_at else new.stage_entered_at end, new.updated_by);
    return null;
end $$;
create trigger stay_begun after insert on deal for each row execute function keep_stay();
create trigger stay_changed after update of stage_id on deal for each row when (old.stage_id <> new.stage_id) execute function keep_stay();
