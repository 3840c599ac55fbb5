package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.AiReply;
import io.kefuhub.core.plugin.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Watches one call, or two that run against each other, until it is decided what became of them. One thread only.
 *
 * <p>Whoever has the first piece of text leads; the other one is ended.
 */
final class Watch {
    private final Tempo tempo;
    private final Mailbox news;
    private final HeldBack text;
    private final Deadlines deadlines;
    private final BiConsumer<Attempt, Ending> ended;
    private final List<Attempt> running = new ArrayList<>();
    private Optional<Attempt> lead = Optional.empty();

    /**
     * By when a question must be answered, in nanoseconds.
     *
     * @param firstText by when something must be there to show
     */
    record Deadlines(long firstText, long end) {}

    /** How a call ended, and what its plugin said; empty when it has not come back. */
    record Ending(Fate fate, Optional<Asked<AiReply>> said) {}

    /** What it came to. */
    record Decided(Attempt attempt, Fate fate) {}

    /** @param ended told of each call that has ended, once */
    Watch(Tempo tempo, Mailbox news, HeldBack text, Deadlines deadlines, BiConsumer<Attempt, Ending> ended) {
        this.tempo = tempo;
        this.news = news;
        this.text = text;
        this.deadlines = deadlines;
        this.ended = ended;
    }

    /**
     * @param secondAt when a second call may begin if there is no text; never when it lies behind the end
     * @param second begins it, if it may
     */
    Decided decide(Attempt first, long secondAt, Supplier<Optional<Attempt>> second) throws InterruptedException {
        running.add(first);
        var mayHedge = true;
        while (true) {
            var now = System.nanoTime();
            if (text.isWaiting() && now - text.dueAt() >= 0) text.show();
            if (mayHedge && lead.isEmpty() && now - secondAt >= 0) {
                mayHedge = false;
                second.get().ifPresent(running::add);
            }
            var late = late(now);
            if (late.isPresent()) return late.get();
            if (running.isEmpty()) throw new IllegalStateException("nothing is watched");
            var until = nextLook(mayHedge && lead.isEmpty() ? secondAt : deadlines.end());
            var one = news.next();
            if (one == null) {
                text.pause();
                one = news.next(until - now);
            }
            if (one == null) continue;
            var decided = hear(one);
            if (decided.isPresent()) return decided.get();
        }
    }

    private long nextLook(long secondAt) {
        var next = earlier(deadlines.end(), secondAt);
        for (var attempt : running) next = earlier(next, attempt.limit(tempo).at());
        if (text.isWaiting()) next = earlier(next, text.dueAt());
        if (isWithoutText()) next = earlier(next, deadlines.firstText());
        return next;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private boolean isWithoutText() {
        return lead.isEmpty() && running.stream().anyMatch(one -> one.request.stream());
    }

    /** Ends what has gone on for too long; says so when nothing goes on any more. */
    private Optional<Decided> late(long now) throws InterruptedException {
        var over = now - deadlines.end() >= 0 || (isWithoutText() && now - deadlines.firstText() >= 0);
        if (over) return Optional.of(end(running.getLast(), Fate.outOfTime()));
        for (var attempt : List.copyOf(running)) {
            var limit = attempt.limit(tempo);
            if (now - limit.at() < 0) continue;
            var decided = end(attempt, Fate.late(limit.what()));
            if (running.isEmpty()) return Optional.of(decided);
        }
        return Optional.empty();
    }

    private Optional<Decided> hear(News one) throws InterruptedException {
        var now = System.nanoTime();
        switch (one) {
            case News.Piece(var from, var piece)
            when running.contains(from) -> {
                from.piece(piece, now);
                if (lead.isEmpty() && from.hasContent()) leads(from);
                if (lead.isPresent() && lead.get() == from) tell(from, piece, now);
            }
            case News.Thought(var from, var piece)
            when running.contains(from) -> {
                from.thought(now);
                if (running.size() == 1) text.thought(piece);
            }
            case News.Counted(var from, var usage) when running.contains(from) -> from.counted(usage);
            case News.Ended(var from, var asked)
            when running.contains(from) -> {
                return ended(from, asked);
            }
            case News.CalledOff _ -> {
                return Optional.of(end(running.getLast(), Fate.calledOff()));
            }
            case News.Piece _, News.Thought _, News.Counted _, News.Ended _ -> {}
        }
        return Optional.empty();
    }

    /** The first words may stand behind blanks that came before. */
    private void tell(Attempt from, String piece, long now) {
        text.piece(text.isEmpty() ? from.text() : piece, now);
    }

    private void leads(Attempt from) throws InterruptedException {
        lead = Optional.of(from);
        if (from.request.stream()) from.station().firstContents.add(from.firstContent());
        for (var other : List.copyOf(running)) {
            if (other != from) end(other, Fate.outrun());
        }
    }

    private Optional<Decided> ended(Attempt from, Asked<AiReply> asked) throws InterruptedException {
        running.remove(from);
        var fate = Fate.of(asked);
        ended.accept(from, new Ending(fate, Optional.of(asked)));
        if (fate.kind() == Fate.Kind.ANSWERED) {
            for (var other : List.copyOf(running)) end(other, Fate.outrun());
        }
        return running.isEmpty() ? Optional.of(new Decided(from, fate)) : Optional.empty();
    }

    /** Ends one, and with it all others when the whole is over. */
    private Decided end(Attempt attempt, Fate fate) throws InterruptedException {
        attempt.stop.request();
        var said = farewell(attempt);
        running.remove(attempt);
        ended.accept(attempt, new Ending(fate, said));
        if (fate.kind() == Fate.Kind.OUT_OF_TIME
                || fate.kind() == Fate.Kind.CALLED_OFF && fate.word().equals("cancelled")) {
            for (var other : List.copyOf(running)) end(other, fate);
        }
        return new Decided(attempt, fate);
    }

    /** Waits for a moment until a call that was ended has come back, and hears what it still says of its usage. */
    private Optional<Asked<AiReply>> farewell(Attempt attempt) throws InterruptedException {
        var aside = new ArrayList<News>();
        var until = System.nanoTime() + tempo.farewell().toNanos();
        try {
            while (true) {
                var one = news.next(until - System.nanoTime());
                switch (one) {
                    case null -> {
                        return Optional.empty();
                    }
                    case News.Ended(var from, var asked)
                    when from == attempt -> {
                        return Optional.of(asked);
                    }
                    case News.Counted(var from, var usage) when from == attempt -> attempt.counted(usage);
                    case News.Piece(var from, var piece)
                    when from == attempt -> attempt.piece(piece, System.nanoTime());
                    case News.Thought(var from, var _) when from == attempt -> {}
                    default -> aside.add(one);
                }
            }
        } finally {
            aside.reversed().forEach(news::putBack);
        }
    }

    /** Ends everything, when the question cannot go on for a defect of whoever listens. */
    void abandon() {
        for (var attempt : List.copyOf(running)) {
            attempt.stop.request();
            running.remove(attempt);
            ended.accept(attempt, new Ending(Fate.calledOff(), Optional.empty()));
        }
    }
}
