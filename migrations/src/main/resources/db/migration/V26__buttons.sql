-- What a button for a person ever said in customers' names, as the hub compares texts: it is understood for good.
create table said_by_button (
    text text primary key
);
