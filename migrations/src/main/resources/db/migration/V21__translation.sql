-- The pair of languages of a conversation: who said which one the customer speaks, and what those who answer it read
-- when that is not their desk's.
alter table conversation
    add column language_by text not null default 'DETECTED' check (language_by in ('DETECTED', 'MODEL', 'PERSON')),
    add column agent_language text;

-- What a message became in the other language. Its parts stay what was written.
alter table message add column translation jsonb;

-- What translators are told of a desk. version rises with every change, so that nothing older is taken for it.
create table desk_translation (
    desk_id uuid primary key references desk (id),
    detect_alias text,
    glossary jsonb not null default '[]',
    version bigint not null default 1,
    managed_by text,
    changed_at timestamptz not null
);
