-- Some agents see personal data that filters cover before the others.
alter table person drop constraint person_roles_check;
alter table person add constraint person_roles_check check (cardinality(roles) > 0
    and roles <@ array ['owner', 'admin', 'supervisor', 'agent', 'auditor', 'confidant']);
