-- Whom an entry may be told, and on which channels (empty: on all). Two entries may ask the same of different people.
alter table knowledge_entry add column audience text not null default 'all'
    check (audience in ('all', 'anonymous', 'signed-in'));
alter table knowledge_entry add column channels text[] not null default '{}';
alter table knowledge_entry drop constraint knowledge_entry_desk_id_language_bare_key;
alter table knowledge_entry add constraint knowledge_entry_asks_once unique (desk_id, language, bare, audience, channels);
