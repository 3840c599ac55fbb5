-- Files that a desk answers from. file_… is what is answered from, next_… what is still to be read or could not be;
-- trouble says why it could not. What is served goes on until what is next can take its place.
create table knowledge_document (
    id uuid primary key,
    desk_id uuid not null references desk (id),
    file_id text,
    file_name text,
    file_size bigint,
    file_format text,
    next_id text,
    next_name text,
    next_size bigint,
    next_format text,
    trouble text,
    enabled boolean not null default true,
    language text not null default 'any' check (language in ('zh', 'en', 'any')),
    pages integer not null default 0,
    chunks integer not null default 0,
    version bigint not null default 1,
    changed_by text not null,
    changed_at timestamptz not null
);
create index knowledge_document_recent on knowledge_document (changed_at desc, id desc);

-- What documents were cut into, in order.
create table knowledge_chunk (
    document_id uuid not null references knowledge_document (id) on delete cascade,
    place integer not null,
    id uuid not null unique,
    headings text[] not null,
    page integer not null,
    text text not null,
    primary key (document_id, place)
);

-- Vectors by text, not by where the text stands: little-endian floats of length one.
create table embedding (
    model text not null,
    text_key uuid not null,
    vector bytea not null,
    primary key (model, text_key)
);

-- The model whose vectors questions are compared with: one row, once there is one.
create table embedding_model (
    one boolean primary key default true check (one),
    model text not null,
    dimension integer not null
);

-- Entries that somebody proposes. Nothing is answered from them until a person publishes them as entries.
create table proposed_entry (
    id uuid primary key,
    desk_id uuid not null references desk (id),
    language text not null check (language in ('zh', 'en', 'any')),
    question text not null,
    answer text not null,
    origin text not null check (origin in ('correction', 'unanswered')),
    conversation_id uuid,
    message_id uuid,
    proposed_by text not null,
    proposed_at timestamptz not null
);
create index proposed_entry_recent on proposed_entry (proposed_at desc, id desc);
-- Who corrects the same answer twice has changed their mind.
create unique index proposed_entry_message on proposed_entry (message_id) where message_id is not null;
