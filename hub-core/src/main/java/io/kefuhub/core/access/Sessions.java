package io.kefuhub.core.access;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Gate;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Handle;

/** Signs people in and out, and knows who holds a session. Safe for threads. */
public final class Sessions implements Gate {
    static final Duration LIFE = Duration.ofDays(7);
    private static final Duration IDLE = Duration.ofHours(12);
    /** The time of the last use is written no more often than this. */
    private static final Duration TOUCH = Duration.ofMinutes(5);

    private static final int PER_NAME = 10;
    private static final int PER_ADDRESS = 60;

    private final Database database;
    private final AuditLog audit;
    private final Passwords passwords;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Throttle throttle = new Throttle(PER_NAME, PER_ADDRESS);
    private final People people = new People();
    private final WebSessions sessions = new WebSessions();

    public Sessions(Database database, AuditLog audit, Passwords passwords, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.passwords = passwords;
        this.clock = clock;
    }

    /**
     * A session that was just opened.
     *
     * @param token given to its holder and kept nowhere
     */
    record Opened(String token, String csrf, Person person) {}

    /**
     * What somebody wants to sign in with from now on.
     *
     * @param name what colleagues and customers see; empty to leave it
     */
    record Change(String old, String chosen, Optional<String> name) {
        @Override
        public String toString() {
            return "Change[" + name + "]";
        }
    }

    Opened signIn(String name, String password, String address) {
        var login = name.strip().toLowerCase(Locale.ROOT);
        throttle.attempt(login, address);
        var person = database.read(db -> people.byLogin(db, login));
        var secret = person.flatMap(known -> database.read(db -> people.secret(db, known.id(), clock.instant())));
        if (secret.isEmpty()) {
            passwords.pretend(password);
        } else if (passwords.matches(password, secret.get())) {
            return database.inTransaction(tx -> {
                var now = clock.instant();
                sessions.sweep(tx, now.minus(LIFE), now.minus(IDLE));
                people.signedIn(tx, person.orElseThrow().id(), now);
                write(tx, person.orElseThrow(), "session.opened", address);
                return open(tx, person.orElseThrow());
            });
        }
        person.ifPresent(known -> database.useTransaction(tx -> write(tx, known, "session.refused", address)));
        throw Problem.of(ProblemType.WRONG_PASSWORD);
    }

    @Override
    public Optional<Caller> caller(String token) {
        var now = clock.instant();
        var found = open(token, now);
        found.filter(session -> session.usedAt().isBefore(now.minus(TOUCH)))
                .ifPresent(session -> database.useTransaction(tx -> sessions.touch(tx, hash(token), now)));
        return found.map(Sessions::caller);
    }

    @Override
    public Optional<Caller> look(String token) {
        return open(token, clock.instant()).map(Sessions::caller);
    }

    private Optional<WebSessions.Open> open(String token, Instant now) {
        return database.read(db -> sessions.find(db, hash(token), now.minus(LIFE), now.minus(IDLE)));
    }

    private static Caller caller(WebSessions.Open session) {
        var person = session.person();
        return new Caller(
                person.id(),
                person.name(),
                person.roles(),
                person.desks(),
                session.csrf(),
                person.mustChangePassword());
    }

    Person person(Caller caller) {
        return database.read(db -> people.find(db, caller.id())).orElseThrow(() -> Problem.of(ProblemType.SIGNED_OUT));
    }

    void signOut(String token, Caller caller) {
        database.useTransaction(tx -> {
            sessions.close(tx, hash(token));
            audit.append(tx, AuditEntry.of(clock.instant(), caller.actor(), "session.closed", caller.actor()));
        });
    }

    /** Ends a session that its holder has replaced by a new one. */
    void forget(String token) {
        database.useTransaction(tx -> sessions.close(tx, hash(token)));
    }

    /**
     * Changes the caller's own password, and their name where one is given; ends every session of theirs and opens a new
     * one.
     */
    Opened changePassword(Caller caller, Change change, String address) {
        var person = person(caller);
        throttle.attempt(person.login(), address);
        var secret = database.read(db -> people.secret(db, person.id(), clock.instant()));
        if (secret.isEmpty() || !passwords.matches(change.old(), secret.get())) {
            throw Problem.of(ProblemType.WRONG_OLD_PASSWORD).with("field", "old");
        }
        Passwords.check(change.chosen(), person.login());
        if (change.old().equals(change.chosen())) {
            throw Problem.of(ProblemType.WEAK_PASSWORD, "It is the old one.", "新密码与原密码相同。")
                    .with("field", "new");
        }
        var hash = passwords.hash(change.chosen());
        return database.inTransaction(tx -> {
            change.name().ifPresent(name -> rename(tx, person.id(), name, address));
            people.setSecret(tx, person.id(), Secret.lasting(hash));
            sessions.closeAll(tx, person.id());
            write(tx, person, "person.password-changed", address);
            return open(tx, people.find(tx, person.id()).orElseThrow());
        });
    }

    private void rename(Handle tx, UUID id, String name, String address) {
        var before = people.find(tx, id).orElseThrow(() -> Problem.of(ProblemType.SIGNED_OUT));
        if (before.name().equals(name)) return;
        before.managedBy().ifPresent(file -> {
            throw Problem.of(ProblemType.MANAGED_BY_FILE, file, file).with("field", "name");
        });
        people.change(tx, before.withName(name));
        write(tx, before, "person.changed", address);
    }

    private Opened open(Handle tx, Person person) {
        var token = secret(32);
        var csrf = secret(16);
        sessions.open(tx, hash(token), person.id(), csrf, clock.instant());
        return new Opened(token, csrf, person);
    }

    private void write(Handle tx, Person person, String action, String address) {
        var who = "person:" + person.id();
        Instant now = clock.instant();
        audit.append(
                tx,
                new AuditEntry(now, who, action, who, Optional.<UUID>empty(), Json.text(Map.of("address", address))));
    }

    private String secret(int bytes) {
        var made = new byte[bytes];
        random.nextBytes(made);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(made);
    }

    private static byte[] hash(String token) {
        return DigestUtils.sha256(token);
    }
}
