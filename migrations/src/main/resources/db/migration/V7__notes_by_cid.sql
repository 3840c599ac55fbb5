-- A note is written once, whenever its author's browser repeats it.
create unique index event_note on event (conversation_id, (body ->> 'id'), (body ->> 'cid')) where kind = 'NOTED';
