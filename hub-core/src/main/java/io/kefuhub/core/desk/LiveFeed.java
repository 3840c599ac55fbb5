package io.kefuhub.core.desk;

import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.Commit;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.LiveConversations;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.filtering.Sight;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.SseWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every open console what changes. Safe for threads.
 *
 * <p>Commits only mark a conversation as changed; one thread reads what has been marked, at most four times a second and
 * in one query, and hands it to the streams. So a conversation that says a hundred things a second costs as much as one
 * that says four. While nobody looks nothing is read.
 */
public final class LiveFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final int AT_ONCE = 500;
    private static final int STREAMS = 1000;
    private static final int STREAMS_EACH = 20;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration COUNTING = Duration.ofSeconds(1);

    private final Inbox inbox;
    private final Sight sight;
    private final LiveConversations live;
    private final Clock clock;
    private final Rhythm rhythm;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Set<UUID> changed = new LinkedHashSet<>();
    private final Set<LiveStream> streams = new LinkedHashSet<>();
    private final LiveRing ring;
    private final Thread thread;
    /** How things stand for those who set the hub up, by the name of their news. */
    private final Map<String, Object> standing = new LinkedHashMap<>();

    private boolean recount;
    private boolean closed;
    private long leftAt = System.nanoTime();
    private long countedAt = System.nanoTime() - COUNTING.toNanos();

    /**
     * How often things happen.
     *
     * @param flush the shortest time between two changes of a conversation
     * @param remember for how long changes are recorded after the last console went away
     */
    public record Rhythm(Duration flush, Duration ping, Duration remember) {
        public static final Rhythm USUAL =
                new Rhythm(Duration.ofMillis(250), Duration.ofSeconds(15), Duration.ofMinutes(2));
    }

    LiveFeed(Inbox inbox, Sight sight, LiveConversations live, Topic<Commit> commits, Clock clock, Rhythm rhythm) {
        this.inbox = inbox;
        this.sight = sight;
        this.live = live;
        this.clock = clock;
        this.rhythm = rhythm;
        this.ring = new LiveRing(Long.toString(clock.millis(), 36));
        commits.subscribe(this::committed);
        thread = Thread.ofVirtual().name("live-feed").start(this::run);
    }

    /**
     * Writes a stream until it ends; the caller's thread does it.
     *
     * @param last the position that the browser has; empty for a new one
     * @param allowed asked now and then whether the caller may still look
     */
    void serve(
            Caller caller,
            Optional<String> last,
            Optional<LiveStream.Watched> watched,
            OutputStream out,
            BooleanSupplier allowed)
            throws IOException, InterruptedException {
        var stream = new LiveStream(caller, sight, watched);
        var position = enter(stream, last);
        try (var following =
                watched.map(on -> live.follow(on.conversation(), stream)).orElse(() -> {})) {
            stream.run(new SseWriter(out), position, clock, rhythm.ping(), live, allowed);
        } finally {
            leave(stream);
        }
    }

    /** Tells those who set the hub up how something stands, now and when they begin to look. */
    void stands(String name, Object now) {
        lock.lock();
        try {
            standing.put(name, now);
            streams.forEach(stream -> stream.stands(name, now));
        } finally {
            lock.unlock();
        }
    }

    /** How many consoles look now. */
    public int watching() {
        lock.lock();
        try {
            return streams.size();
        } finally {
            lock.unlock();
        }
    }

    /** Ends every stream; browsers come back to whoever serves next. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            streams.forEach(LiveStream::end);
            news.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }

    private String enter(LiveStream stream, Optional<String> last) {
        lock.lock();
        try {
            var theirs = streams.stream()
                    .filter(other -> other.caller().id().equals(stream.caller().id()))
                    .count();
            if (closed || streams.size() >= STREAMS || theirs >= STREAMS_EACH) throw Problem.of(ProblemType.TOO_MANY);
            streams.add(stream);
            last.ifPresent(position -> ring.after(position)
                    .ifPresentOrElse(missed -> missed.forEach(stream::changed), () -> stream.reset(ring.position())));
            standing.forEach(stream::stands);
            return ring.position();
        } finally {
            lock.unlock();
        }
    }

    private void leave(LiveStream stream) {
        lock.lock();
        try {
            streams.remove(stream);
            leftAt = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private void committed(Commit commit) {
        lock.lock();
        try {
            changed.add(commit.after().id().value());
            recount |= commit.events().stream()
                    .anyMatch(event -> event.body() instanceof EventBody.Entered || event.feed() == 1);
            if (commit.events().stream().anyMatch(event -> isOfReview(event.body()))) {
                recount = true;
                streams.stream()
                        .filter(stream -> inbox.reviews(stream.caller()))
                        .forEach(stream -> stream.reviewing(commit.after()));
            }
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Something is kept, or what was kept has been decided. */
    private static boolean isOfReview(EventBody body) {
        return switch (body) {
            case EventBody.Said(var message) -> message.state() == MessageState.HELD;
            // What was kept may have been changed or taken back by its author.
            case EventBody.Changed(var message) ->
                message.state() == MessageState.HELD
                        || message.state() == MessageState.TAKEN_BACK
                        || message.edits().isPresent();
            case EventBody.Reviewed _ -> true;
            case EventBody.Entered _, EventBody.Read _, EventBody.Noted _, EventBody.Languages _, EventBody.Rated _ ->
                false;
        };
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var ids = take();
                try {
                    if (!ids.isEmpty()) publish(inbox.summaries(ids));
                    if (countingIsDue()) count();
                    TimeUnit.NANOSECONDS.sleep(rhythm.flush().toNanos());
                } catch (DatabaseAwayException e) {
                    putBack(ids);
                    TimeUnit.NANOSECONDS.sleep(AFTER_FAILURE.toNanos());
                } catch (RuntimeException e) {
                    LOG.warn("The live feed waits: {}", e.toString());
                    putBack(ids);
                    TimeUnit.NANOSECONDS.sleep(AFTER_FAILURE.toNanos());
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    /** Waits for changes and takes some of them; none when only the counting is due. */
    private List<UUID> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (changed.isEmpty()) {
                if (!recount) {
                    news.await();
                } else if (news.awaitNanos(COUNTING.toNanos() - (System.nanoTime() - countedAt)) <= 0) {
                    return List.of();
                }
            }
            if (nobodyLooks()) {
                changed.clear();
                recount = false;
                ring.forget();
                return List.of();
            }
            var taken = changed.stream().limit(AT_ONCE).toList();
            taken.forEach(changed::remove);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private boolean nobodyLooks() {
        return streams.isEmpty()
                && System.nanoTime() - leftAt > rhythm.remember().toNanos();
    }

    private void putBack(List<UUID> ids) {
        lock.lock();
        try {
            changed.addAll(ids);
            recount = true;
        } finally {
            lock.unlock();
        }
    }

    private void publish(List<Summary> summaries) {
        lock.lock();
        try {
            for (var summary : summaries) {
                var change = ring.add(summary);
                streams.forEach(stream -> stream.changed(change));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean countingIsDue() {
        lock.lock();
        try {
            if (!recount || System.nanoTime() - countedAt < COUNTING.toNanos()) return false;
            recount = false;
            countedAt = System.nanoTime();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void count() {
        var counted = new HashMap<Caller, InboxRows.Counts>();
        for (var stream : looking()) {
            var counts = counted.computeIfAbsent(stream.caller(), inbox::counts);
            stream.counted(position(), counts);
        }
    }

    private List<LiveStream> looking() {
        lock.lock();
        try {
            return new ArrayList<>(streams);
        } finally {
            lock.unlock();
        }
    }

    private String position() {
        lock.lock();
        try {
            return ring.position();
        } finally {
            lock.unlock();
        }
    }
}
