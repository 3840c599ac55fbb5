-- What the hub says to customers in other words than its own, at a desk (its key) and in a language.
create table sentence (
    desk text not null,
    language text not null,
    key text not null,
    text text not null,
    primary key (desk, language, key)
);
