package io.kefuhub.core.access;

import io.kefuhub.api.Language;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Role;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Invites and changes people, by the rules of who may. Safe for threads. */
public final class Staff {
    static final Duration ONE_TIME = Duration.ofDays(7);
    /** What customers of either language read until the first owner says a name. */
    static final String FIRST_NAME = "客服 · Support";

    private final Database database;
    private final AuditLog audit;
    private final Passwords passwords;
    private final Ids ids;
    private final Clock clock;
    private final People people = new People();
    private final WebSessions sessions = new WebSessions();

    public Staff(Database database, AuditLog audit, Passwords passwords, Ids ids, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.passwords = passwords;
        this.ids = ids;
        this.clock = clock;
    }

    /** Somebody who may sign in with a password that is shown once. */
    record Invited(Person person, String password) {}

    /** What is to be changed; what is absent stays. */
    record Change(
            Optional<String> name,
            Optional<Set<Role>> roles,
            Optional<Set<UUID>> desks,
            Optional<Boolean> enabled,
            Optional<Language> language) {
        private boolean touchesOnlyOneself() {
            return roles.isEmpty() && desks.isEmpty() && enabled.isEmpty();
        }

        private Person applyTo(Person person) {
            return new Person(
                    person.id(),
                    person.login(),
                    name.orElse(person.name()),
                    roles.orElse(person.roles()),
                    desks.orElse(person.desks()),
                    language.orElse(person.language()),
                    enabled.orElse(person.enabled()),
                    person.mustChangePassword(),
                    person.lastSignIn(),
                    person.managedBy());
        }
    }

    public List<Person> all() {
        return database.read(people::all);
    }

    Invited invite(Caller caller, String login, String name, Set<Role> roles, Set<UUID> desks, Language language) {
        var person = new Person(
                ids.next(), login, name, roles, desks, language, true, true, Optional.empty(), Optional.empty());
        if (person.isPrivileged()) mustBeOwner(caller);
        var password = passwords.oneTime();
        var secret = oneTime(password);
        database.useTransaction(tx -> {
            if (!people.add(tx, person, secret, clock.instant()))
                throw Problem.of(ProblemType.NAME_TAKEN).with("field", "login");
            write(tx, caller.actor(), "person.invited", person);
        });
        return new Invited(person, password);
    }

    Person change(Caller caller, UUID id, Change change) {
        return database.inTransaction(tx -> {
            var owners = people.lockOwners(tx);
            var before = people.find(tx, id).orElseThrow(Problem::notFound);
            var after = change.applyTo(before);
            check(caller, before, after, change);
            if (owners.equals(Set.of(id)) && !(after.enabled() && after.roles().contains(Role.OWNER))) {
                throw Problem.of(ProblemType.LAST_OWNER);
            }
            people.change(tx, after);
            if (!after.enabled()) sessions.closeAll(tx, id);
            write(tx, caller.actor(), "person.changed", after);
            return after;
        });
    }

    Invited resetPassword(Caller caller, UUID id) {
        var person = database.read(db -> people.find(db, id)).orElseThrow(Problem::notFound);
        if (person.isPrivileged()) mustBeOwner(caller);
        var password = passwords.oneTime();
        var secret = oneTime(password);
        return database.inTransaction(tx -> {
            people.setSecret(tx, id, secret);
            sessions.closeAll(tx, id);
            write(tx, caller.actor(), "person.password-reset", person);
            return new Invited(people.find(tx, id).orElseThrow(), password);
        });
    }

    /**
     * Makes a person be as a file says, whoever they were before. The password counts for new people only, and as one
     * that must be changed unless it is said to be theirs already.
     */
    public Person declare(String file, Person wanted, String password, boolean mustChange) {
        var secret = new Secret(passwords.hash(password), mustChange, Optional.empty());
        return database.inTransaction(tx -> {
            var declared = Optional.of(file);
            var before = people.byLogin(tx, wanted.login());
            if (before.isEmpty()) {
                var added = with(wanted, ids.next(), declared);
                people.add(tx, added, secret, clock.instant());
                write(tx, "file:" + file, "person.declared", added);
                return added;
            }
            var after = with(wanted, before.get().id(), declared);
            people.change(tx, after);
            if (!after.enabled()) sessions.closeAll(tx, after.id());
            write(tx, "file:" + file, "person.declared", after);
            return after;
        });
    }

    /** Makes the first owner; empty when there is anybody already. */
    Optional<Invited> first(Language language) {
        if (database.read(people::count) > 0) return Optional.empty();
        var owner = new Person(
                ids.next(),
                "owner",
                FIRST_NAME,
                Set.of(Role.OWNER),
                Set.of(),
                language,
                true,
                true,
                Optional.empty(),
                Optional.empty());
        var password = passwords.oneTime();
        var secret = new Secret(passwords.hash(password), true, Optional.empty());
        return database.inTransaction(tx -> {
            if (!people.add(tx, owner, secret, clock.instant())) return Optional.<Invited>empty();
            write(tx, "hub", "person.invited", owner);
            return Optional.of(new Invited(owner, password));
        });
    }

    private static void check(Caller caller, Person before, Person after, Change change) {
        var self = caller.id().equals(before.id());
        var admin = caller.roles().contains(Role.ADMIN) || caller.roles().contains(Role.OWNER);
        if (!admin && !(self && change.touchesOnlyOneself())) throw Problem.of(ProblemType.FORBIDDEN);
        if (!self && before.isPrivileged()) mustBeOwner(caller);
        if (!before.roles().equals(after.roles()) && (before.isPrivileged() || after.isPrivileged())) {
            mustBeOwner(caller);
        }
        if (before.managedBy().isPresent()
                && !(change.touchesOnlyOneself() && change.name().isEmpty())) {
            throw Problem.of(
                    ProblemType.MANAGED_BY_FILE,
                    before.managedBy().get(),
                    before.managedBy().get());
        }
    }

    private static void mustBeOwner(Caller caller) {
        if (!caller.roles().contains(Role.OWNER)) throw Problem.of(ProblemType.FORBIDDEN);
    }

    private static Person with(Person wanted, UUID id, Optional<String> managedBy) {
        return new Person(
                id,
                wanted.login(),
                wanted.name(),
                wanted.roles(),
                wanted.desks(),
                wanted.language(),
                wanted.enabled(),
                wanted.mustChangePassword(),
                wanted.lastSignIn(),
                managedBy);
    }

    private Secret oneTime(String password) {
        return new Secret(
                passwords.hash(password), true, Optional.of(clock.instant().plus(ONE_TIME)));
    }

    private void write(Handle tx, String actor, String action, Person person) {
        var detail = new LinkedHashMap<String, Object>(
                Map.of("login", person.login(), "roles", new TreeSet<>(person.roles()), "enabled", person.enabled()));
        var entry = new AuditEntry(
                clock.instant(), actor, action, "person:" + person.id(), Optional.empty(), Json.text(detail));
        audit.append(tx, entry);
    }
}
