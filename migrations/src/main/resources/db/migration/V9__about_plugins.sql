-- What the file of a version says of itself and asks for, as it was read when it came.
alter table plugin_version add column about jsonb not null default '{}';

-- A version that is tried beside the one that serves, and how: {"mode": "shadow"} or {"mode": "canary", "percent": 10}.
-- Arrivals says in the same words how new versions begin; without it they serve at once.
alter table plugin
    add column candidate text references plugin_version (sha256),
    add column trial jsonb,
    add column arrivals jsonb,
    add constraint plugin_trial check ((candidate is null) = (trial is null));
