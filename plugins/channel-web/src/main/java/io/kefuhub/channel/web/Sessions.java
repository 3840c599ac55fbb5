package io.kefuhub.channel.web;

import io.kefuhub.api.Store;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.Json;
import io.kefuhub.channel.web.frame.JsonObject;
import io.kefuhub.channel.web.identity.Identity;
import io.kefuhub.channel.web.identity.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of one instance. Safe for threads.
 *
 * <p>A new one lives in memory only, so that a crawler leaves no rows; the first message or identification keeps it,
 * under the hash of its token, for 90 days after its last use.
 */
final class Sessions {
    static final Duration LIFE = Duration.ofDays(90);
    private static final Duration FRESH = Duration.ofSeconds(60);
    private static final int REMEMBERED = 50_000;

    private final Store store;
    private final InstantSource clock;
    private final Secrets secrets;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Known(Session session, Instant since) {}

    /** A session and the token that opens it, which is kept nowhere. */
    record Opened(Session session, String token) {}

    Sessions(Store store, InstantSource clock, Secrets secrets) {
        this.store = store;
        this.clock = clock;
        this.secrets = secrets;
    }

    /** Opens one for a new visitor, in memory. */
    Opened open() {
        return open(secrets.visitorId(), Optional.empty());
    }

    private Opened open(String visitor, Optional<Identity> identity) {
        var token = secrets.visitorToken();
        var session = new Session(Secrets.hash(token), visitor, identity, false);
        remember(session);
        return new Opened(session, token);
    }

    /** Opens one for an identified customer and keeps it. */
    Opened openFor(Identity identity, Optional<Session> browser) {
        var visitor = browser.map(Session::visitor).orElseGet(secrets::visitorId);
        var opened = open(visitor, Optional.of(identity));
        keep(opened.session());
        return opened;
    }

    Optional<Session> find(String token) {
        if (!Secrets.looksLikeToken(token)) return Optional.empty();
        var key = Secrets.hash(token);
        synchronized (known) {
            var remembered = known.get(key);
            if (remembered != null) {
                var session = remembered.session();
                if (session.hasEnded()) return Optional.empty();
                var fresh = remembered.since().plus(FRESH).isAfter(clock.instant());
                if (fresh || !session.isKept()) return Optional.of(session);
            }
        }
        return load(key);
    }

    private Optional<Session> load(String key) {
        var stored = store.get(row(key));
        if (stored.isEmpty()) {
            synchronized (known) {
                known.remove(key);
            }
            return Optional.empty();
        }
        var session = read(key, stored.get());
        session.ifPresent(this::remember);
        session.ifPresent(found -> prolong(found, stored.get()));
        return session;
    }

    /** The session of an open connection that another generation has let in; the one that is known here, if it is. */
    Session adopt(Session given) {
        synchronized (known) {
            var mine = known.get(given.key());
            if (mine != null && !mine.session().hasEnded()) return mine.session();
        }
        remember(given);
        return given;
    }

    /** Makes it outlive this process. Called before anything of the visitor's is stored. */
    void keep(Session session) {
        if (session.isKept()) return;
        synchronized (session) {
            if (session.isKept() || session.hasEnded()) return;
            store.put(row(session.key()), write(session), LIFE);
            session.kept();
        }
    }

    /** Keeps what the site says of the same customer now. */
    void vouchedAgain(Session session, Identity identity) {
        synchronized (session) {
            if (session.hasEnded() || session.identity().equals(Optional.of(identity))) return;
            session.vouchedAgain(identity);
            if (session.isKept()) store.put(row(session.key()), write(session), LIFE);
        }
    }

    /** Ends it; its token is dead at once. */
    void end(Session session) {
        synchronized (session) {
            session.end();
            if (session.isKept()) store.remove(row(session.key()));
        }
        synchronized (known) {
            known.remove(session.key());
        }
    }

    /** Counts the 90 days from today; never brings back what was ended meanwhile. */
    private void prolong(Session session, String stored) {
        var renewed = write(session);
        if (!renewed.equals(stored)) store.compareAndSet(row(session.key()), stored, renewed, LIFE);
    }

    private void remember(Session session) {
        synchronized (known) {
            known.put(session.key(), new Known(session, clock.instant()));
        }
    }

    private String write(Session session) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("visitor", session.visitor());
            json.writeStringField(
                    "used", clock.instant().truncatedTo(ChronoUnit.DAYS).toString());
            if (session.identity().isPresent()) {
                var identity = session.identity().get();
                json.writeStringField("subject", identity.subject());
                json.writeStringField("name", identity.name());
                Json.writeMap(json, "attributes", identity.attributes());
            }
            json.writeEndObject();
        });
    }

    private static Optional<Session> read(String key, String stored) {
        try {
            var row = Json.read(stored);
            return Optional.of(new Session(key, row.text("visitor"), identity(row), true));
        } catch (BadFrame e) {
            return Optional.empty();
        }
    }

    private static Optional<Identity> identity(JsonObject row) throws BadFrame {
        var subject = row.find("subject");
        if (subject.isEmpty()) return Optional.empty();
        var attributes = row.object("attributes").map(JsonObject::textMembers).orElse(Map.of());
        return Optional.of(new Identity(subject.get(), row.find("name").orElse(""), attributes));
    }

    private static String row(String key) {
        return "session:" + key;
    }
}
