-- The message that a customer's message replies to, as it stood then: its id, who said it, how it began.
alter table message add column reply_to jsonb;
