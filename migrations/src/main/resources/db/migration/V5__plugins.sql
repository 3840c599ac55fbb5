-- Every version of a plugin the hub has taken, whole, so that it can be brought back.
create table plugin_version (
    sha256 text primary key,
    plugin text not null,
    version text not null,
    file_name text not null,
    came_from text not null check (came_from in ('BUNDLED', 'FOLDER', 'UPLOAD')),
    content bytea not null,
    set_aside text,
    first_seen timestamptz not null
);
create index plugin_version_plugin on plugin_version (plugin, first_seen desc);

-- What is to be on: wanted serves, or is to serve after the next start; good served last without trouble; trying is
-- being started now, for the tries-th time, and whoever finds it set after a crash knows what the hub died of.
create table plugin (
    id text primary key,
    wanted text references plugin_version (sha256),
    good text references plugin_version (sha256),
    trying text,
    tries integer not null default 0,
    approved jsonb not null default '{}',
    changed_at timestamptz not null
);

-- What the folders held at the last look, so that a file is taken once.
create table plugin_file (
    folder text not null,
    name text not null,
    sha256 text not null,
    plugin text,
    primary key (folder, name)
);

-- How each version came to serve, or why it did not.
create table plugin_activation (
    id uuid primary key,
    plugin text not null,
    version text not null,
    sha256 text not null,
    file_name text not null,
    actor text not null,
    began_at timestamptz not null,
    outcome text not null,
    reason_en text not null default '',
    reason_zh text not null default '',
    steps jsonb not null default '[]'
);
create index plugin_activation_recent on plugin_activation (began_at desc);
create index plugin_activation_plugin on plugin_activation (plugin, began_at desc);

-- Instances of every kind of contribution but channels. Secrets in settings are encrypted before they come here.
create table instance (
    id uuid primary key,
    kind text not null,
    key text not null,
    title text not null default '',
    contribution text not null,
    settings jsonb not null default '{}',
    enabled boolean not null default true,
    desks text[] not null default '{}',
    skipped_stages text[] not null default '{}',
    position integer not null,
    deadline_ms bigint,
    when_failed text check (when_failed in ('PASS', 'HOLD', 'BLOCK')),
    managed_by text,
    changed_at timestamptz not null,
    unique (kind, key)
);

-- What the hub brings itself; an admin may order it, change it, or switch it off.
insert into instance (id, kind, key, contribution, position, changed_at)
values (gen_random_uuid(), 'FILTER', 'plain-text', 'plain-text', 0, now()),
    (gen_random_uuid(), 'RESPONDER', 'faq', 'faq', 0, now());
