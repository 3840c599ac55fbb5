-- What an assistant remembers of a conversation is erased with it.
delete from conversation_memory memory
where not exists (select from conversation where conversation.id = memory.conversation_id);

alter table conversation_memory
    add constraint conversation_memory_of foreign key (conversation_id) references conversation (id) on delete cascade;
