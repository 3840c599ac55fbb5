-- What people sent as files; the content lies in the data folder under its hash, once for all rows that share it.
create table stored_file (
    id text primary key,
    sha256 text not null,
    size bigint not null,
    mime text not null,
    name text not null,
    width integer,
    height integer,
    owner_kind text not null default '',
    owner_id text not null default '',
    created_at timestamptz not null,
    -- When it goes unless a message refers to it; null once one does.
    expires_at timestamptz
);
create index stored_file_content on stored_file (sha256);
create index stored_file_unused on stored_file (expires_at) where expires_at is not null;
create index stored_file_owner on stored_file (owner_kind, owner_id) where owner_kind <> '';
