-- What a customer has taken back, kept for those who audit. Superset of what was allowed, so nothing is looked through.
alter table message drop constraint message_state_check;
alter table message add constraint message_state_check check (state in
    ('RECEIVED', 'ANSWERED', 'WAITING', 'HELD', 'REFUSED', 'TAKEN_BACK', 'READY', 'SENT', 'FAILED', 'DISCARDED'))
    not valid;
-- How it read before its author changed it.
alter table message add column edits jsonb;

-- Raised whenever somebody takes a message of the conversation back or changes one: what was made of it before is stale.
alter table conversation add column revision integer not null default 0;
alter table conversation_memory add column revision integer not null default 0;

-- What became of messages that have not come yet.
create table revision (
    channel_id uuid not null,
    external_id text not null,
    taken_back boolean not null,
    parts jsonb,
    at timestamptz not null,
    noted_at timestamptz not null,
    primary key (channel_id, external_id),
    check (taken_back or parts is not null)
);
create index revision_noted on revision (noted_at);
