package io.kefuhub.core.access;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Program;
import io.kefuhub.core.web.Scope;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Handle;

/**
 * Makes and revokes the tokens that programs call with, and knows which is whose. Safe for threads.
 *
 * <p>Those that are good are kept in memory, so that telling one costs a hash and no statement; they are read anew with
 * every change made here.
 */
public final class ApiTokens {
    /** Tells people, and programs that look for secrets in the wrong places, what it is. */
    static final String PREFIX = "khk_";

    private static final int SECRET_BYTES = 32;
    private static final int HINT = PREFIX.length() + 4;
    private static final int WRONG_PER_MINUTE = 20;
    /** The time of the last use is written no more often than this. */
    private static final Duration TOUCH = Duration.ofMinutes(1);

    private final Database database;
    private final AuditLog audit;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Throttle throttle = new Throttle(WRONG_PER_MINUTE, WRONG_PER_MINUTE);
    private final TokenRows rows = new TokenRows();
    private volatile Map<ByteBuffer, Entry> good;

    public ApiTokens(Database database, AuditLog audit, Ids ids, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.good = read();
    }

    /**
     * A token that was just made.
     *
     * @param secret given to whoever made it and kept nowhere
     */
    record Made(ApiToken token, String secret) {
        @Override
        public String toString() {
            return "Made[" + token + "]";
        }
    }

    /** What a new token is to be. */
    record Wanted(String name, Set<Scope> scopes, Set<String> aliases, UUID desk, Optional<Instant> expires) {}

    private record Entry(ApiToken token, Program program, AtomicLong touched) {}

    List<ApiToken> all() {
        return database.read(rows::all);
    }

    Made make(Caller caller, Wanted wanted) {
        var secret = secret();
        var token = new ApiToken(
                ids.next(),
                wanted.name(),
                secret.substring(0, HINT),
                wanted.scopes(),
                wanted.aliases(),
                wanted.desk(),
                caller.actor(),
                clock.instant(),
                wanted.expires(),
                Optional.empty(),
                Optional.empty());
        database.useTransaction(tx -> {
            if (!rows.add(tx, token, hash(secret))) {
                throw Problem.invalid("name", "Another token has this name.", "已有同名的令牌。");
            }
            write(tx, caller, "token.made", token);
        });
        refresh();
        return new Made(token, secret);
    }

    /** Ends a token at once and for ever; what it was stays to be seen. */
    ApiToken revoke(Caller caller, UUID id) {
        var revoked = database.inTransaction(tx -> {
            var before = rows.find(tx, id)
                    .filter(token -> caller.mayRead(token.desk()))
                    .orElseThrow(Problem::notFound);
            if (!rows.revoke(tx, id, clock.instant())) return before;
            write(tx, caller, "token.revoked", before);
            return rows.find(tx, id).orElseThrow();
        });
        refresh();
        return revoked;
    }

    /** Whose token it is. Wrong ones are counted by where they come from; right ones are never held up by that. */
    Optional<Program> program(String secret, String address) {
        var entry = secret.startsWith(PREFIX) ? good.get(ByteBuffer.wrap(hash(secret))) : null;
        var now = clock.instant();
        if (entry == null || !entry.token().isGood(now)) {
            throttle.attempt(address);
            return Optional.empty();
        }
        touch(entry, now);
        return Optional.of(entry.program());
    }

    /** Nobody waits for it; a time that is lost is written with the next use. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void touch(Entry entry, Instant now) {
        var last = entry.touched().get();
        if (now.toEpochMilli() - last < TOUCH.toMillis() || !entry.touched().compareAndSet(last, now.toEpochMilli())) {
            return;
        }
        database.writer().write(rows, new TokenRows.Use(entry.token().id(), now));
    }

    private synchronized void refresh() {
        good = read();
    }

    private Map<ByteBuffer, Entry> read() {
        return database.read(rows::known).stream()
                .map(known -> Map.entry(ByteBuffer.wrap(known.hash()), entry(known.token())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Entry entry(ApiToken token) {
        return new Entry(
                token,
                token.program(),
                new AtomicLong(token.used().orElse(Instant.EPOCH).toEpochMilli()));
    }

    private void write(Handle tx, Caller caller, String action, ApiToken token) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("name", token.name());
        detail.put("scopes", token.scopes().stream().map(Scope::key).sorted().toList());
        detail.put("aliases", new TreeSet<>(token.aliases()));
        detail.put("desk", token.desk());
        token.expires().ifPresent(end -> detail.put("expires", end));
        audit.append(
                tx,
                new AuditEntry(
                        clock.instant(),
                        caller.actor(),
                        action,
                        "token:" + token.id(),
                        Optional.empty(),
                        Json.text(detail)));
    }

    private String secret() {
        var made = new byte[SECRET_BYTES];
        random.nextBytes(made);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(made);
    }

    private static byte[] hash(String secret) {
        return DigestUtils.sha256(secret);
    }
}
