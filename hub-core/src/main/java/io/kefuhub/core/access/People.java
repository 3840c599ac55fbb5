package io.kefuhub.core.access;

import io.kefuhub.api.Language;
import io.kefuhub.core.web.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code person} table, and nothing else. */
final class People {
    static final String COLUMNS = """
            p.id, p.login, p.name, p.roles, p.desks, p.language, p.enabled, p.must_change_password, p.last_sign_in,
            p.managed_by""";
    private static final String ALL = "select " + COLUMNS + " from person p order by p.name, p.id";
    private static final String FIND = "select " + COLUMNS + " from person p where p.id = :id";
    private static final String BY_LOGIN = "select " + COLUMNS + " from person p where p.login = :login";
    private static final String SECRET = """
            select password from person
            where id = :id and enabled and (password_until is null or password_until > :now)""";
    private static final String ADD = """
            insert into person (id, login, name, roles, desks, language, password, must_change_password,
                password_until, managed_by, created_at)
            values (:id, :login, :name, :roles, :desks, :language, :password, :mustChange,
                cast(:until as timestamptz), :managedBy, :now)
            on conflict (login) do nothing""";
    private static final String CHANGE = """
            update person set name = :name, roles = :roles, desks = :desks, language = :language, enabled = :enabled,
                managed_by = :managedBy
            where id = :id""";
    private static final String SET_PASSWORD = """
            update person set password = :password, must_change_password = :mustChange,
                password_until = cast(:until as timestamptz)
            where id = :id""";
    private static final String SIGNED_IN = "update person set last_sign_in = :now where id = :id";
    private static final String LOCK_OWNERS = """
            select id from person where enabled and roles @> array ['owner'] order by id for update""";
    private static final String COUNT = "select count(*) from person";

    List<Person> all(Handle db) {
        return db.createQuery(ALL).map((rs, _) -> read(rs)).list();
    }

    Optional<Person> find(Handle db, UUID id) {
        return db.createQuery(FIND).bind("id", id).map((rs, _) -> read(rs)).findOne();
    }

    Optional<Person> byLogin(Handle db, String login) {
        return db.createQuery(BY_LOGIN)
                .bind("login", login)
                .map((rs, _) -> read(rs))
                .findOne();
    }

    /** The password's hash; empty when the person may not sign in, or the one-time password has ended. */
    Optional<String> secret(Handle db, UUID id, Instant now) {
        return db.createQuery(SECRET)
                .bind("id", id)
                .bind("now", now)
                .mapTo(String.class)
                .findOne();
    }

    /** Adds somebody; false when the sign-in name is taken. */
    boolean add(Handle tx, Person person, Secret secret, Instant now) {
        return tx.createUpdate(ADD)
                        .bind("id", person.id())
                        .bind("login", person.login())
                        .bind("name", person.name())
                        .bindArray(
                                "roles",
                                String.class,
                                person.roles().stream().map(Role::key).sorted().toList())
                        .bindArray("desks", UUID.class, List.copyOf(person.desks()))
                        .bind("language", person.language().tag())
                        .bind("password", secret.hash())
                        .bind("mustChange", secret.oneTime())
                        .bind("until", secret.until().map(Instant::toString).orElse(null))
                        .bind("managedBy", person.managedBy().orElse(null))
                        .bind("now", now)
                        .execute()
                == 1;
    }

    void change(Handle tx, Person person) {
        tx.createUpdate(CHANGE)
                .bind("id", person.id())
                .bind("name", person.name())
                .bindArray(
                        "roles",
                        String.class,
                        person.roles().stream().map(Role::key).sorted().toList())
                .bindArray("desks", UUID.class, List.copyOf(person.desks()))
                .bind("language", person.language().tag())
                .bind("enabled", person.enabled())
                .bind("managedBy", person.managedBy().orElse(null))
                .execute();
    }

    void setSecret(Handle tx, UUID id, Secret secret) {
        tx.createUpdate(SET_PASSWORD)
                .bind("id", id)
                .bind("password", secret.hash())
                .bind("mustChange", secret.oneTime())
                .bind("until", secret.until().map(Instant::toString).orElse(null))
                .execute();
    }

    void signedIn(Handle tx, UUID id, Instant now) {
        tx.createUpdate(SIGNED_IN).bind("id", id).bind("now", now).execute();
    }

    /** Who may do everything; locked, so that two of them cannot remove each other at once. */
    Set<UUID> lockOwners(Handle tx) {
        return tx.createQuery(LOCK_OWNERS).mapTo(UUID.class).set();
    }

    long count(Handle db) {
        return db.createQuery(COUNT).mapTo(Long.class).one();
    }

    static Person read(ResultSet row) throws SQLException {
        var roles = (String[]) row.getArray("roles").getArray();
        var desks = (UUID[]) row.getArray("desks").getArray();
        return new Person(
                row.getObject("id", UUID.class),
                row.getString("login"),
                row.getString("name"),
                Arrays.stream(roles).map(Role::of).collect(Collectors.toUnmodifiableSet()),
                Set.of(desks),
                new Language(row.getString("language")),
                row.getBoolean("enabled"),
                row.getBoolean("must_change_password"),
                Optional.ofNullable(row.getObject("last_sign_in", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getString("managed_by")));
    }
}
