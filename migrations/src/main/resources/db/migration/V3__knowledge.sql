-- What the hub answers from. bare is the question without politeness: one entry of a desk and language each.
create table knowledge_entry (
    id uuid primary key,
    desk_id uuid not null references desk (id),
    language text not null check (language in ('zh', 'en', 'any')),
    question text not null,
    bare text not null,
    similar_questions text[] not null default '{}',
    answer text not null,
    valid_from timestamptz,
    valid_until timestamptz,
    enabled boolean not null default true,
    managed_by text,
    version bigint not null default 1,
    changed_at timestamptz not null,
    unique (desk_id, language, bare)
);
create index knowledge_entry_recent on knowledge_entry (changed_at desc, id desc);
create index knowledge_entry_managed on knowledge_entry (managed_by) where managed_by is not null;

-- What customers asked in vain, counted by bare question.
create table unanswered_question (
    id uuid primary key,
    desk_id uuid not null references desk (id),
    language text not null,
    bare text not null,
    sample text not null,
    times integer not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    conversation_id uuid,
    dismissed boolean not null default false,
    unique (desk_id, language, bare)
);
create index unanswered_question_recent on unanswered_question (last_at desc, id desc) where not dismissed;
