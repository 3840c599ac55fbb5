package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Inbox.Accepted;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Part;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Brings in what people said: in order within a thread, side by side across threads, and again until it is stored. What
 * brings pictures or files is written down before the platform is answered, so that it survives a restart. Safe for threads.
 */
final class Arrivals {
    private static final String WAITING = "arrivals";
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration FETCHABLE = Duration.ofMinutes(5);
    private static final int LONGEST = 60_000;
    private static final int FETCHES = 3;

    private final ChannelContext context;
    private final Fetching fetching;
    private final Consumer<Callback.Said> before;
    private final Duration pause;
    private final Shelf shelf;
    private final Map<String, Deque<Callback.Said>> lanes = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    /**
     * @param before done with every message before it is brought in; may be done again
     * @param pause between two tries; longer with each
     */
    Arrivals(ChannelContext context, Fetching fetching, Consumer<Callback.Said> before, Duration pause) {
        this.context = context;
        this.fetching = fetching;
        this.before = before;
        this.pause = pause;
        this.shelf = new Shelf(context.store(), KEPT);
    }

    /** Returns a message that needs nothing fetched and waits for none before it; empty for any other. */
    Optional<Incoming> atOnce(Callback.Said said) {
        synchronized (lanes) {
            if (lanes.containsKey(said.origin().thread())) return Optional.empty();
        }
        if (needsFetching(said)) return Optional.empty();
        return Optional.of(
                incoming(said, said.pieces().stream().map(Arrivals::plain).toList()));
    }

    private static boolean needsFetching(Callback.Said said) {
        return said.pieces().stream().anyMatch(Piece.Media.class::isInstance);
    }

    /** Writes it down and brings it in soon. */
    void keep(Callback.Said said) {
        var key = Keys.of(said.origin().msgId());
        var kept = Json.write(Map.of(
                "origin",
                said.origin().kept(),
                "pieces",
                said.pieces().stream().map(Piece::kept).toList()));
        if (kept.length() <= LONGEST && context.store().putIfAbsent("arrival:" + key, kept, KEPT)) {
            waiting(keys -> {
                var more = new ArrayList<>(keys);
                if (!more.contains(key)) more.add(key);
                return more;
            });
        }
        bring(said);
    }

    /** Brings it in soon, however long that takes. */
    void bring(Callback.Said said) {
        synchronized (lanes) {
            if (!underWay.add(said.origin().msgId())) return;
            var thread = said.origin().thread();
            var lane = lanes.get(thread);
            if (lane != null) {
                lane.add(said);
                return;
            }
            lanes.put(thread, new ArrayDeque<>(List.of(said)));
            context.tasks().run("arrivals", () -> walk(thread));
        }
    }

    /** Brings what needs fetching by way of the store, and anything else at once. */
    void take(Callback.Said said) {
        if (needsFetching(said)) keep(said);
        else bring(said);
    }

    /** Takes up what was written down and not brought in, by a generation before or by another node. */
    void resume() {
        for (var key : keys(context.store().get(WAITING))) {
            context.store()
                    .get("arrival:" + key)
                    .flatMap(Json::object)
                    .ifPresentOrElse(kept -> bring(read(kept)), () -> waiting(keys -> without(keys, key)));
        }
    }

    private static Callback.Said read(JsonObject kept) {
        return new Callback.Said(
                Origin.of(kept.object("origin").orElse(JsonObject.EMPTY)),
                kept.objects("pieces").stream().map(Piece::of).toList());
    }

    private void walk(String thread) {
        var failure = Optional.<RuntimeException>empty();
        for (var next = next(thread); next.isPresent(); next = next(thread)) {
            try {
                bringIn(next.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                // A defect: what comes after it does not wait, and the hub is told of it at the end.
                failure = Optional.of(e);
            }
            done(thread, next.get());
        }
        if (failure.isPresent()) throw failure.get();
    }

    /** The first that waits; none ends the lane. */
    private Optional<Callback.Said> next(String thread) {
        synchronized (lanes) {
            var lane = lanes.get(thread);
            if (lane == null) return Optional.empty();
            if (lane.isEmpty()) lanes.remove(thread);
            return Optional.ofNullable(lane.peekFirst());
        }
    }

    private void done(String thread, Callback.Said said) {
        synchronized (lanes) {
            underWay.remove(said.origin().msgId());
            var lane = lanes.get(thread);
            if (lane != null) lane.pollFirst();
        }
    }

    private void bringIn(Callback.Said said) throws InterruptedException {
        var incoming = incoming(said, parts(said));
        for (var tries = 1; ; tries++) {
            try {
                before.accept(said);
                // Whatever else than a refusal for now is the end of it.
                if (!(context.inbox().accept(incoming) instanceof Accepted.NotStored(var _, var retry)) || !retry) {
                    forget(said);
                    return;
                }
            } catch (UnavailableException _) {
                // The same again, later.
            }
            Thread.sleep(pause.multipliedBy(Math.min(tries, 10)));
        }
    }

    private void forget(Callback.Said said) {
        var key = Keys.of(said.origin().msgId());
        if (context.store().remove("arrival:" + key).isPresent()) waiting(keys -> without(keys, key));
    }

    private Incoming incoming(Callback.Said said, List<Part> parts) {
        var origin = said.origin();
        return new Incoming(origin.msgId(), origin.thread(), origin.contact(), parts, origin.at(), Optional.empty());
    }

    private List<Part> parts(Callback.Said said) throws InterruptedException {
        var parts = new ArrayList<Part>();
        for (var piece : said.pieces()) {
            parts.add(piece instanceof Piece.Media media ? fetched(said.origin(), media) : plain(piece));
        }
        return parts;
    }

    private static Part plain(Piece piece) {
        return switch (piece) {
            case Piece.Words(var text) -> new Part.Text(text);
            case Piece.Strange(var type) -> new Part.Unsupported(type);
            case Piece.Media media -> new Part.Unsupported(media.type());
        };
    }

    private Part fetched(Origin origin, Piece.Media media) throws InterruptedException {
        var until = origin.at().plus(FETCHABLE);
        for (var tries = 1; tries <= FETCHES; tries++) {
            var part = fetching.fetch(media);
            if (part.isPresent()) return part.get();
            if (Thread.interrupted()) throw new InterruptedException();
            if (context.clock().instant().isAfter(until)) break;
            if (tries < FETCHES) Thread.sleep(pause.multipliedBy(tries));
        }
        return Fetching.missing(media, "WeCom did not hand it over in time").orElseThrow();
    }

    private void waiting(UnaryOperator<List<String>> change) {
        shelf.change(WAITING, before -> Optional.of(Json.write(change.apply(keys(before)))));
    }

    private static List<String> keys(Optional<String> stored) {
        return stored.flatMap(Json::value).stream()
                .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.empty())
                .map(String::valueOf)
                .toList();
    }

    private static List<String> without(List<String> keys, String key) {
        return keys.stream().filter(one -> !one.equals(key)).toList();
    }
}
