-- One model at one provider: what is asked when an alias is asked. The instance is one of an AI provider, by its key; it
-- may be gone. A limit of 0 is none. Off is what the hub switched off by itself, until its setup is another one.
create table model_deployment (
    key text primary key,
    title text not null default '',
    instance text not null,
    model text not null,
    context_window integer not null check (context_window > 0),
    max_output integer not null check (max_output > 0),
    pictures boolean not null,
    reasoning boolean not null,
    local boolean not null,
    weight integer not null check (weight >= 0),
    concurrency integer not null check (concurrency > 0),
    requests_per_minute integer not null check (requests_per_minute >= 0),
    tokens_per_minute integer not null check (tokens_per_minute >= 0),
    first_content_ms bigint,
    gap_ms bigint,
    whole_ms bigint,
    unpriced boolean not null,
    bills_failures boolean not null,
    enabled boolean not null,
    off_reason text,
    off_at timestamptz,
    off_setup text,
    managed_by text,
    changed_at timestamptz not null,
    constraint model_deployment_off check ((off_reason is null) = (off_at is null)
        and (off_reason is null) = (off_setup is null))
);

-- What assistants name: deployments by key, in the order in which they are asked.
create table model_alias (
    name text primary key,
    title text not null default '',
    deployments text[] not null check (cardinality(deployments) > 0),
    cheaper text,
    managed_by text,
    changed_at timestamptz not null,
    constraint model_alias_cheaper check (cheaper is null or cheaper = any (deployments))
);

-- What holds for all questions to models: one row, once somebody has set something.
create table model_rules (
    only_one boolean primary key default true check (only_one),
    rules jsonb not null,
    managed_by text,
    changed_at timestamptz not null
);
