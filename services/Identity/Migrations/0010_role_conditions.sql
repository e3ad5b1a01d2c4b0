alter table role
    add column networks text[] not null default '{}',
    add column hours jsonb not null default '[]',
    add column requires_mfa boolean not null default false;
