-- What stays of a conversation for those who answer it by a model. One row each, written as turns end.
create table conversation_memory (
    conversation_id uuid primary key,
    -- The last event whose facts are taken down.
    covered bigint not null,
    facts jsonb not null,
    first_said text not null default '',
    -- When the conversation last went to a person or was closed: what stands before enters through the summary alone.
    session_ended_at timestamptz,
    -- The rolling summary and the last event and message that it speaks of.
    summary jsonb,
    summarised bigint not null default 0,
    summarised_message uuid,
    changed_at timestamptz not null
);

-- What agents think of answers by the bot.
create table answer_opinion (
    message_id uuid not null,
    person_id uuid not null,
    conversation_id uuid not null,
    helpful boolean not null,
    at timestamptz not null,
    primary key (message_id, person_id)
);
create index answer_opinion_conversation on answer_opinion (conversation_id);
