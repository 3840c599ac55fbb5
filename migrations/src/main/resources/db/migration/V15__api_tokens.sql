-- Programs that may call the hub. Only a hash of a token is kept, so that a copy of this table opens nothing; the hint is
-- its first characters, by which people tell tokens apart.
create table api_token (
    id uuid primary key,
    name text not null check (length(name) between 1 and 80),
    hint text not null,
    token_hash bytea not null unique,
    scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array ['models']),
    -- Models it may ask, by alias; empty for all.
    aliases text[] not null default '{}',
    desk_id uuid not null references desk (id),
    created_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    used_at timestamptz,
    revoked_at timestamptz
);
-- The books and the budgets know a token by its name.
create unique index api_token_name on api_token (name) where revoked_at is null;
