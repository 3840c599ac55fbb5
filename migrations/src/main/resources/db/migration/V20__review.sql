-- What a filter keeps for review, why, and what a person decided. Written with the message, decided once.
create table hold (
    id uuid primary key,
    message_id uuid not null,
    conversation_id uuid not null,
    desk_id uuid not null,
    contact_id uuid not null,
    epoch integer not null,
    stage text not null check (stage in ('CUSTOMER_IN', 'BOT_OUT', 'AGENT_OUT')),
    filter text not null,
    version text not null,
    rules text[] not null default '{}',
    why jsonb not null default '{}',
    at timestamptz not null,
    decision text check (decision in ('RELEASED', 'MASKED', 'REFUSED', 'ANSWERED')),
    decided_by uuid,
    decided_name text not null default '',
    decided_at timestamptz,
    check ((decision is null) = (decided_at is null))
);
-- Of one message one filter at a time waits for a decision.
create unique index hold_open_message on hold (message_id) where decision is null;
create index hold_message on hold (message_id, decided_at);
create index hold_open on hold (at, id) where decision is null;
create index hold_open_of_desk on hold (desk_id, at, id) where decision is null;
create index hold_contact on hold (contact_id, at desc);
create index hold_filter on hold (filter, at desc);
create index hold_at on hold (at);

-- What is held already: the filter is the one that stopped it, as its trace says.
insert into hold (id, message_id, conversation_id, desk_id, contact_id, epoch, stage, filter, version, why, at)
select gen_random_uuid(), m.id, m.conversation_id, c.desk_id, c.contact_id, c.epoch,
    case m.author when 'CUSTOMER' then 'CUSTOMER_IN' when 'AGENT' then 'AGENT_OUT' else 'BOT_OUT' end,
    coalesce(judged.it ->> 'filter', ''), coalesce(judged.it ->> 'version', ''),
    jsonb_strip_nulls(jsonb_build_object(
        'code', judged.it -> 'code', 'about', judged.it -> 'about', 'reason', judged.it -> 'reason')),
    m.at
from message m
join conversation c on c.id = m.conversation_id
left join lateral (
    select it from jsonb_array_elements(coalesce(
        m.trace -> case m.author when 'CUSTOMER' then 'filtersIn' else 'filtersOut' end, '[]')) it
    where it ->> 'verdict' in ('hold', 'block', 'failed') limit 1) judged on true
where m.state = 'HELD';
