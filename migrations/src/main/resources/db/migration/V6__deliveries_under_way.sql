-- Whether a reply was being handed over, to a platform that would show it twice, when this was written.
alter table delivery add column under_way boolean not null default false;
