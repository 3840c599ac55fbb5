package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** One call to one deployment. Its numbers belong to the thread of the question; the call itself has its own. */
final class Attempt {
    final UUID id;
    final Candidate at;
    final AiRequest request;
    final long estimate;
    final Stop stop = new Stop();

    /** Where a call had failed that this one repeats. */
    final Optional<Station> repeats;

    /** Tokens that were taken from the buckets of the deployment and of the desk. */
    final Tokens taken;

    private final StringBuilder text = new StringBuilder();
    private Usage usage = Usage.UNKNOWN;
    private long startedAt;
    private long firstContentAt;
    private long progressAt;
    private int pieces;
    private boolean hasThought;
    private boolean hasContent;

    /** What is taken of the buckets. */
    record Tokens(long deployment, long desk) {}

    Attempt(UUID id, Candidate at, AiRequest request, long estimate, Optional<Station> repeats, Tokens taken) {
        this.id = id;
        this.at = at;
        this.request = request;
        this.estimate = estimate;
        this.repeats = repeats;
        this.taken = taken;
    }

    Deployment deployment() {
        return at.deployment();
    }

    Slot<AiProvider> slot() {
        return at.slot();
    }

    Station station() {
        return at.station();
    }

    /** Begins the call on a thread of its own, which gives up its place at the deployment when it ends. */
    void start(Guard guard, Mailbox news, long now) {
        startedAt = now;
        progressAt = now;
        station().called();
        Thread.ofVirtual().name("model-" + deployment().key()).start(() -> {
            Asked<AiReply> asked = new Asked.Failed<>("it was not asked", 0);
            try {
                asked = guard.reply(slot(), request, teller(news), stop);
            } finally {
                station().line.leave();
                news.tell(new News.Ended(this, asked));
            }
        });
    }

    private AiSink teller(Mailbox news) {
        return new AiSink() {
            @Override
            public void content(String piece) {
                if (!piece.isEmpty()) news.tell(new News.Piece(Attempt.this, piece));
            }

            @Override
            public void reasoning(String piece) {
                if (!piece.isEmpty()) news.tell(new News.Thought(Attempt.this, piece));
            }

            @Override
            public void usage(Usage counted) {
                news.tell(new News.Counted(Attempt.this, counted));
            }
        };
    }

    void piece(String piece, long now) {
        if (!hasContent && !piece.isBlank()) {
            hasContent = true;
            firstContentAt = now;
        }
        if (!piece.isBlank()) {
            progressAt = now;
            pieces++;
        }
        text.append(piece);
    }

    void thought(long now) {
        hasThought = true;
        progressAt = now;
    }

    void counted(Usage now) {
        if (now.reported()) usage = now;
    }

    boolean hasContent() {
        return hasContent;
    }

    String text() {
        return text.toString();
    }

    Usage usage() {
        return usage;
    }

    Duration firstContent() {
        return hasContent ? Duration.ofNanos(firstContentAt - startedAt) : Duration.ZERO;
    }

    /** From one piece of text to the next, on average. */
    Optional<Duration> perPiece() {
        return pieces < 2
                ? Optional.empty()
                : Optional.of(Duration.ofNanos((progressAt - firstContentAt) / (pieces - 1)));
    }

    Duration took(long now) {
        return Duration.ofNanos(now - startedAt);
    }

    /** Until when it may go on as it is. */
    Limit limit(Tempo tempo) {
        var patience = deployment().limits().patience();
        if (!request.stream()) {
            return new Limit(startedAt + patience.whole().orElse(tempo.plain()).toNanos(), "no whole answer in time");
        }
        var whole = startedAt + patience.whole().orElse(tempo.whole()).toNanos();
        var gap = progressAt + patience.gap().orElse(tempo.gap()).toNanos();
        if (hasContent) return earlier(new Limit(gap, "no further text in time"), whole);
        var usual = deployment().traits().reasoning() ? tempo.firstContentReasoning() : tempo.firstContent();
        var first = startedAt + patience.firstContent().orElse(usual).toNanos();
        if (hasThought) {
            var thinking = startedAt + tempo.reasoning().toNanos();
            first = later(first, gap - thinking < 0 ? gap : thinking);
        }
        return earlier(new Limit(first, "no text in time"), whole);
    }

    /** When something is over, in nanoseconds, and why. */
    record Limit(long at, String what) {}

    private static Limit earlier(Limit limit, long whole) {
        return whole - limit.at() < 0 ? new Limit(whole, "no end in time") : limit;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
