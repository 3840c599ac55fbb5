package io.kefuhub.channel.wecom.api;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Http;
import io.kefuhub.api.InstanceContext;
import io.kefuhub.api.Localized;
import io.kefuhub.api.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The token that proves us to the platform. Fetched once for however many callers, before it expires, and anew when the
 * platform no longer takes it. It is kept in the instance's store, encrypted with the secret it was got for, so that the
 * next generation goes on with it. Safe for threads.
 */
public final class Tokens {
    private static final String KEY = "token";
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final Platform platform;
    private final Credentials credentials;
    private final InstanceContext context;
    private final TokenBox box;
    private final Object turn = new Object();
    private volatile Optional<Held> held = Optional.empty();
    /** Guarded by the turn. */
    private Optional<CompletableFuture<Token>> fetching = Optional.empty();

    /** A token, or why there is none. */
    public sealed interface Token {
        record Valid(String value) implements Token {
            @Override
            public String toString() {
                return "Valid";
            }
        }

        record None(Reply why) implements Token {}
    }

    private record Held(String token, Instant until) {}

    public Tokens(Platform platform, Credentials credentials, InstanceContext context) {
        this.platform = platform;
        this.credentials = credentials;
        this.context = context;
        this.box = new TokenBox(credentials);
    }

    /** Returns the token to use now. */
    public Token current() {
        return valid(held).<Token>map(Token.Valid::new).orElseGet(() -> once(""));
    }

    /** Returns a token other than the one that the platform no longer takes. */
    Token renewed(String refused) {
        var now = valid(held).filter(token -> !token.equals(refused));
        return now.<Token>map(Token.Valid::new).orElseGet(() -> once(refused));
    }

    /** Fetches, or waits for whoever does. */
    private Token once(String refused) {
        var mine = new CompletableFuture<Token>();
        Optional<CompletableFuture<Token>> running;
        synchronized (turn) {
            running = fetching;
            if (running.isEmpty()) fetching = Optional.of(mine);
        }
        if (running.isPresent()) return joined(running.get());
        try {
            // Whoever fetched just before may have been done between our look and our turn.
            var meanwhile = valid(held).filter(token -> !token.equals(refused));
            var token = meanwhile.<Token>map(Token.Valid::new).orElseGet(() -> keptOrFetched(refused));
            mine.complete(token);
            return token;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            synchronized (turn) {
                fetching = Optional.empty();
            }
        }
    }

    private static Token joined(CompletableFuture<Token> other) {
        try {
            return other.join();
        } catch (CompletionException _) {
            return new Token.None(
                    new Reply.NoAnswer(false, Localized.of("the token could not be fetched", "无法获取 access_token")));
        }
    }

    private Token keptOrFetched(String refused) {
        var kept = kept().filter(one -> !one.token.equals(refused));
        if (kept.isPresent()) {
            held = kept;
            return new Token.Valid(kept.get().token);
        }
        var query = Map.of("corpid", credentials.corpId(), "corpsecret", credentials.secret());
        var request = Http.Request.get(platform.call("/cgi-bin/gettoken", query), LIMIT);
        return switch (Answers.read(context.http().call(request).send(), true)) {
            case Reply.Ok(var body) when !body.text("access_token", "").isEmpty() -> fetched(body);
            case Reply.Ok _ ->
                new Token.None(new Reply.NoAnswer(false, Localized.of("no token in the answer", "应答中没有 access_token")));
            case Reply.Refused why -> new Token.None(why);
            // Whatever was to be asked with the token was not.
            case Reply.NoAnswer(var _, var reason) -> new Token.None(new Reply.NoAnswer(false, reason));
        };
    }

    private Token fetched(JsonObject body) {
        var lasts = Duration.ofSeconds(Math.max(0, body.number("expires_in", 7_200)));
        var early = lasts.compareTo(EARLY.multipliedBy(2)) > 0 ? EARLY : lasts.dividedBy(2);
        var token = body.text("access_token", "");
        var fresh = new Held(token, context.clock().instant().plus(lasts).minus(early));
        held = Optional.of(fresh);
        keep(fresh, lasts.minus(early));
        return new Token.Valid(token);
    }

    private Optional<String> valid(Optional<Held> one) {
        return one.filter(token -> token.until.isAfter(context.clock().instant()))
                .map(Held::token);
    }

    private Optional<Held> kept() {
        try {
            return context.store().get(KEY).flatMap(box::open).flatMap(text -> {
                var at = text.indexOf(' ');
                var until = Instant.ofEpochSecond(Long.parseLong(text.substring(0, at)));
                return Optional.of(new Held(text.substring(at + 1), until))
                        .filter(one -> valid(Optional.of(one)).isPresent());
            });
        } catch (UnavailableException _) {
            return Optional.empty();
        }
    }

    private void keep(Held fresh, Duration lasts) {
        try {
            if (lasts.isPositive()) {
                context.store().put(KEY, box.close(fresh.until.getEpochSecond() + " " + fresh.token), lasts);
            }
        } catch (UnavailableException _) {
            // The next generation fetches one of its own.
        }
    }
}
