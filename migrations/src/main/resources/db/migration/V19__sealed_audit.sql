-- What was asked and answered in an attempt, encrypted before it comes here; goes after the days the model rules name.
create table attempt_body (
    attempt_id uuid primary key,
    at timestamptz not null,
    body bytea not null
);
create index attempt_body_at on attempt_body (at);

-- Which transaction wrote a row: by it the sealer finds what is new, in whatever order transactions end.
alter table audit add column tx xid8 not null default pg_current_xact_id();
alter table attempt add column tx xid8 not null default pg_current_xact_id();
alter table turn_outcome add column tx xid8 not null default pg_current_xact_id();
alter table attempt_body add column tx xid8 not null default pg_current_xact_id();
create index audit_tx on audit (tx);
create index attempt_tx on attempt (tx);
create index turn_outcome_tx on turn_outcome (tx);
create index attempt_body_tx on attempt_body (tx);

-- The chain: one link for each sealed row, numbered without gaps; each holds the hash of the one before.
create table audit_link (
    number bigint primary key,
    day date not null,
    kind text not null,
    row_id text not null,
    row_at timestamptz not null,
    version smallint not null,
    row_hash bytea not null,
    sealed_at timestamptz not null,
    previous bytea not null,
    hash bytea not null
);
create unique index audit_link_row on audit_link (kind, row_id);

-- Transactions below this one are over and what they wrote is sealed: one row.
create table audit_seal (
    one boolean primary key default true check (one),
    seen xid8 not null
);
insert into audit_seal (seen) values ('0');
