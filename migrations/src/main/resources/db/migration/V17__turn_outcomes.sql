-- How each turn of the bot ended, so that answers without a call to a model are counted too. Written with the answer.
create table turn_outcome (
    message_id uuid primary key,
    at timestamptz not null,
    desk text not null,
    channel text not null,
    assistant text not null,
    source text not null,
    rung text not null,
    why text not null
);

create index turn_outcome_at on turn_outcome (at);
