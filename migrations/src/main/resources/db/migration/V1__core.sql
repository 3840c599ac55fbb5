-- Departments or brands of the organisation; each has its own channels, people and knowledge.
create table desk (
    id uuid primary key,
    key text not null unique,
    title jsonb not null default '{}',
    language text not null default 'zh-CN',
    enabled boolean not null default true,
    managed_by text,
    created_at timestamptz not null default now()
);

-- Instances of channel contributions. Secrets in settings are encrypted before they come here.
create table channel (
    id uuid primary key,
    key text not null unique,
    title text not null,
    contribution text not null,
    desk_id uuid not null references desk (id),
    settings jsonb not null default '{}',
    enabled boolean not null default true,
    managed_by text,
    created_at timestamptz not null default now()
);

-- The small durable map that each instance of a contribution may use.
create table instance_value (
    instance text not null,
    key text not null,
    value text not null,
    expires_at timestamptz not null,
    primary key (instance, key)
);
create index instance_value_expiry on instance_value (expires_at);

-- Who writes, as a channel knows them.
create table contact (
    id uuid primary key,
    channel_id uuid not null references channel (id),
    subject text not null,
    verified boolean not null,
    name text not null default '',
    attributes jsonb not null default '{}',
    first_seen timestamptz not null,
    unique (channel_id, subject)
);

-- One thread of a channel. Updated with every message, so what changes then is in no index but last_minute.
create table conversation (
    id uuid primary key,
    desk_id uuid not null references desk (id),
    channel_id uuid not null references channel (id),
    thread text not null,
    contact_id uuid not null references contact (id),
    mode text not null check (mode in ('BOT', 'WAITING', 'AGENT', 'CLOSED')),
    epoch integer not null default 0,
    seq bigint not null default 0,
    feed bigint not null default 0,
    language text not null,
    assignee_id uuid,
    assignee_name text not null default '',
    waiting_since timestamptz,
    customer_read bigint not null default 0,
    agent_read bigint not null default 0,
    unread integer not null default 0,
    last_text text not null default '',
    last_author text not null default '',
    last_at timestamptz not null,
    last_minute timestamptz not null,
    opened_at timestamptz not null,
    unique (channel_id, thread)
) with (fillfactor = 60);
create index conversation_recent on conversation (last_minute desc, id desc);
create index conversation_waiting on conversation (waiting_since) where mode = 'WAITING';
create index conversation_assigned on conversation (assignee_id) where mode = 'AGENT';
create index conversation_contact on conversation (contact_id);

-- Inbox and outbox at once. No foreign keys here and below: only the journal writes these tables, in bulk.
create table message (
    id uuid primary key,
    conversation_id uuid not null,
    channel_id uuid not null,
    external_id text not null,
    author text not null check (author in ('CUSTOMER', 'BOT', 'AGENT', 'HUB')),
    author_id uuid,
    author_name text not null default '',
    state text not null check (state in
        ('RECEIVED', 'ANSWERED', 'WAITING', 'HELD', 'REFUSED', 'READY', 'SENT', 'FAILED', 'DISCARDED')),
    parts jsonb not null,
    answers uuid,
    seq bigint,
    feed bigint not null,
    at timestamptz not null,
    trace jsonb
) with (fillfactor = 80);
-- Dedupe and persist are one statement: a platform's repeat, or a second answer to one question, cannot be stored.
create unique index message_external on message (channel_id, external_id);
create index message_open on message (conversation_id) where state in ('RECEIVED', 'READY');
create index message_waiting on message (conversation_id) where state = 'WAITING';

-- What feeds read: seq numbers what the customer may see, feed what agents may see; both without gaps.
create table event (
    conversation_id uuid not null,
    feed bigint not null,
    seq bigint,
    kind text not null,
    message_id uuid,
    body jsonb,
    at timestamptz not null,
    primary key (conversation_id, feed)
);
create unique index event_seq on event (conversation_id, seq) where seq is not null;

-- Replies on their way to a platform that is sent to.
create table delivery (
    message_id uuid primary key,
    attempts integer not null default 0,
    due_at timestamptz not null,
    outcome text not null default '',
    platform_id text not null default ''
);

-- Who decided what; written in the transaction of the decision, never changed.
create table audit (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    actor text not null,
    action text not null,
    subject text not null,
    conversation_id uuid,
    detail jsonb
);
create index audit_subject on audit (subject, id);
create index audit_conversation on audit (conversation_id, id) where conversation_id is not null;

create table setting (
    key text primary key,
    value jsonb not null,
    managed_by text
);
