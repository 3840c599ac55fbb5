-- When the customer last wrote, by the platform's clock, and how many replies they were sent since then: platforms that
-- close a window after a customer's message are counted by these.
alter table conversation
    add column heard_at timestamptz,
    add column replies integer not null default 0;
update conversation c set heard_at = heard.at
from (select conversation_id, max(at) as at from message where author = 'CUSTOMER' group by conversation_id) heard
where heard.conversation_id = c.id;
