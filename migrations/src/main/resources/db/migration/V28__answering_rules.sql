-- What is not as usual of the numbers by which the hub answers: one row, once somebody has set something.
create table answering_rules (
    only_one boolean primary key default true check (only_one),
    rules jsonb not null,
    managed_by text,
    changed_at timestamptz not null
);
