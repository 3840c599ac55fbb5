-- How the books are kept: one row.
create table books (
    one boolean primary key default true check (one),
    currency text not null,
    zone text not null,
    desk_zones jsonb not null,
    grace_percent integer not null default 0,
    closes_on_excess boolean not null default true,
    managed_by text
);

-- What a model costs, per million tokens. What a call was booked by is never changed: another row takes its place.
create table price (
    id uuid primary key,
    provider text not null,
    model text not null,
    aliases text[] not null default '{}',
    currency text not null,
    valid_from timestamptz not null,
    valid_to timestamptz,
    input numeric not null,
    cached_input numeric,
    cache_write_5m numeric,
    cache_write_1h numeric,
    output numeric not null,
    reasoning numeric,
    tiers jsonb not null default '[]',
    tier_rule text not null default 'WHOLE' check (tier_rule in ('WHOLE', 'PART')),
    time_windows jsonb not null default '[]',
    multiplier numeric not null default 1,
    per_request numeric not null default 0,
    per_second numeric not null default 0,
    source text not null default '',
    checked_on date,
    confirmed boolean not null default false,
    origin text not null check (origin in ('BUILT_IN', 'IMPORT', 'PERSON', 'FILE')),
    managed_by text,
    created_at timestamptz not null
);
create index price_model on price (provider, model, valid_from);

-- What one unit of a currency is worth in that of the books, from a day on.
create table currency_rate (
    currency text not null,
    valid_from timestamptz not null,
    rate numeric not null check (rate > 0),
    source text not null default '',
    managed_by text,
    primary key (currency, valid_from)
);

-- What may be spent. Amounts here and below are 10^-9 of the currency of the books; the subject * means each by itself.
create table budget (
    id uuid primary key,
    scope text not null check (scope in ('HUB', 'DESK', 'CHANNEL', 'ASSISTANT', 'CUSTOMER')),
    subject text not null,
    period text not null check (period in ('DAY', 'MONTH')),
    amount bigint not null check (amount >= 0),
    enabled boolean not null default true,
    managed_by text,
    unique (scope, subject, period)
);
create index budget_subject on budget (subject);

-- How far a budget is used, one row a period; made when it is first needed, from the attempts and reservations there are.
create table budget_period (
    id uuid primary key,
    scope text not null,
    subject text not null,
    period text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    reserved bigint not null default 0,
    spent bigint not null default 0,
    closed boolean not null default false,
    alerted integer not null default 0,
    unique (scope, subject, period, starts_at)
) with (fillfactor = 60);
create index budget_period_end on budget_period (ends_at);

-- Money kept for calls that are not over. A row that is gone was settled: its attempt has the same id.
create table reservation (
    id uuid primary key,
    node text not null,
    run uuid not null,
    at timestamptz not null,
    expires_at timestamptz not null,
    dispatched_at timestamptz,
    desk text not null,
    channel text not null,
    assistant text not null,
    customer text not null,
    conversation_id uuid,
    message_id uuid,
    purpose text not null,
    alias text not null,
    deployment text not null,
    provider text not null,
    model text not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    price_id uuid,
    rate numeric,
    amount bigint not null
) with (fillfactor = 60);
create index reservation_expiry on reservation (expires_at);

-- Every call, or what was meant to be one, with what it cost. It counts into the periods that held the moment it began.
create table attempt (
    id uuid primary key,
    at timestamptz not null,
    dispatched_at timestamptz,
    ended_at timestamptz not null,
    desk text not null,
    channel text not null,
    assistant text not null,
    customer text not null,
    conversation_id uuid,
    message_id uuid,
    purpose text not null,
    alias text not null,
    deployment text not null,
    provider text not null,
    model text not null,
    outcome text not null,
    detail text not null default '',
    source text not null check (source in ('REPORTED', 'ESTIMATED', 'NONE')),
    input_tokens bigint not null,
    cached_tokens bigint not null,
    output_tokens bigint not null,
    reasoning_tokens bigint not null,
    price_id uuid,
    currency text not null default '',
    rate numeric,
    tier text not null default '',
    time_window text not null default '',
    reserved bigint not null,
    cost bigint not null,
    over_reserved boolean not null,
    on_grace boolean not null,
    first_content_ms bigint,
    whole_ms bigint
);
create index attempt_at on attempt (at);
create index attempt_desk on attempt (desk, at);
create index attempt_channel on attempt (channel, at);
create index attempt_assistant on attempt (assistant, at);
create index attempt_customer on attempt (customer, at);
create index attempt_conversation on attempt (conversation_id) where conversation_id is not null;

-- What did not fit into a budget.
create table budget_refusal (
    id uuid primary key,
    at timestamptz not null,
    desk text not null,
    purpose text not null,
    alias text not null,
    provider text not null,
    model text not null,
    budget text not null,
    fitting_tokens bigint not null
);
create index budget_refusal_at on budget_refusal (at);

-- Once a budget, period and step.
create table budget_alert (
    period_id uuid not null,
    percent integer not null,
    at timestamptz not null,
    scope text not null,
    subject text not null,
    period text not null,
    starts_at timestamptz not null,
    spent bigint not null,
    amount bigint not null,
    told boolean not null default false,
    primary key (period_id, percent)
);
create index budget_alert_at on budget_alert (at);
create index budget_alert_untold on budget_alert (at) where not told;

-- The counters, counted again.
create table recount (
    id uuid primary key,
    at timestamptz not null,
    periods integer not null,
    differences jsonb not null
);
create index recount_at on recount (at);
