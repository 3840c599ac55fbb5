-- Who works here. The password is an Argon2id hash in PHC form; a one-time password ends at password_until.
create table person (
    id uuid primary key,
    login text not null unique check (login ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
    name text not null,
    roles text[] not null check (cardinality(roles) > 0
        and roles <@ array ['owner', 'admin', 'supervisor', 'agent', 'auditor']),
    desks uuid[] not null default '{}',
    language text not null,
    enabled boolean not null default true,
    password text not null,
    must_change_password boolean not null,
    password_until timestamptz,
    managed_by text,
    last_sign_in timestamptz,
    created_at timestamptz not null
);

-- Who is signed in. Only a hash of the token is kept, so that a copy of this table opens nothing.
create table web_session (
    token_hash bytea primary key,
    person_id uuid not null references person (id) on delete cascade,
    csrf text not null,
    opened_at timestamptz not null,
    used_at timestamptz not null
);
create index web_session_person on web_session (person_id);
