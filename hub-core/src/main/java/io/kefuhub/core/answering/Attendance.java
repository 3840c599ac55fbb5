package io.kefuhub.core.answering;

import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.delivery.GrowingAnswer;
import io.kefuhub.core.delivery.Signs;
import io.kefuhub.core.plugin.Carried;
import io.kefuhub.core.waiting.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Attends to one customer while responders are at work that may take long: shows that somebody is, says a line, offers what
 * may be meant, and at last calls the responder off. One thread only, that of the turn, which only waits; the responder
 * works on another.
 */
final class Attendance {
    private final Conversation conversation;
    private final Heard heard;
    private final Wanted wanted;
    private final GrowingAnswer answer;
    private final Signs signs;
    private final Supplier<List<Part.Menu.Option>> candidates;
    private final Function<HubWords, String> says;
    private final TurnTimes times;
    private final long began = System.nanoTime();
    private boolean waited;
    private long typingAt;
    private boolean interimSaid;
    private boolean offersMade;
    private boolean working;
    private String words = "";
    private List<Part.Menu.Option> offers = List.of();

    /**
     * What became of a responder that was waited for.
     *
     * @param reply empty when it was called off before
     * @param late completes when it is there after all
     */
    record Met(Optional<Responders.Reply> reply, CompletableFuture<Responders.Reply> late) {}

    Attendance(
            Conversation conversation,
            Heard heard,
            Wanted wanted,
            GrowingAnswer answer,
            Signs signs,
            Supplier<List<Part.Menu.Option>> candidates,
            Function<HubWords, String> says,
            TurnTimes times) {
        this.conversation = conversation;
        this.heard = heard;
        this.wanted = wanted;
        this.answer = answer;
        this.signs = signs;
        this.candidates = candidates;
        this.says = says;
        this.times = times;
        typingAt = times.typing().toNanos();
    }

    /** What a responder shows its answer by. */
    AnswerSink sink() {
        return new AnswerSink() {
            @Override
            public void draft(String text) {
                answer.grow(text);
            }

            @Override
            public Cancel cancel() {
                return wanted;
            }
        };
    }

    /**
     * Lets the customer finish once, where what was said seems to be a beginning.
     *
     * @param worth whether what comes next takes longer than that
     * @return whether it was called off meanwhile
     */
    boolean awaitsMore(boolean worth) throws InterruptedException {
        wanted.waitsFor(answer);
        if (!worth || waited || heard.calledOff() > 0) return wanted.isRequested();
        waited = true;
        if (!Fragments.isOne(heard.question().orElseThrow(), times.beginning())) return wanted.isRequested();
        var until = elapsed() + times.fragment().toNanos();
        while (!wanted.isRequested() && elapsed() < until) {
            tick();
            await(wanted.off(), Math.min(until, next()) - elapsed());
        }
        return wanted.isRequested();
    }

    /** Waits for a responder until it has said what to do or is not to say it any more. */
    Met ask(Supplier<Responders.Reply> question) throws InterruptedException {
        var reply = new CompletableFuture<Responders.Reply>();
        Thread.ofVirtual().name("respond").start(Carried.along(() -> {
            try {
                reply.complete(question.get());
            } catch (Throwable e) {
                reply.completeExceptionally(e);
            }
        }));
        while (!reply.isDone() && !wanted.isRequested()) {
            tick();
            if (!wanted.isRequested()) await(CompletableFuture.anyOf(reply, wanted.off()), next() - elapsed());
        }
        if (!reply.isDone() && wanted.why().filter(this::isAskedOn).isPresent()) {
            await(reply, times.leave().toNanos());
        }
        return new Met(wanted.isRequested() ? Optional.empty() : Optional.of(of(reply)), reply);
    }

    /** Another call for the same conversation follows, which must not meet this one if that can be helped. */
    private boolean isAskedOn(Wanted.Why why) {
        return why == Wanted.Why.WROTE_ON || why == Wanted.Why.CHOSE || why == Wanted.Why.REVISED;
    }

    private static Responders.Reply of(CompletableFuture<Responders.Reply> reply) throws InterruptedException {
        try {
            return reply.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a responder's way failed", e.getCause());
        }
    }

    /** The turn ends: nothing is shown beside the conversation any more. */
    void end() {
        answer.finish();
        if (working) signs.working(conversation, heard.last(), false, "", List.of());
        working = false;
    }

    private void tick() {
        var now = elapsed();
        if (now >= times.end().toNanos() || (now >= times.firstText().toNanos() && !answer.isMade())) {
            wanted.call(Wanted.Why.TOO_LATE);
            return;
        }
        if (!answer.shown().isEmpty()) {
            typingAt = Long.MAX_VALUE;
            return;
        }
        var news = false;
        if (now >= times.interim().toNanos() && !interimSaid) {
            interimSaid = true;
            words = says.apply(HubWords.INTERIM);
            signs.say(conversation, heard.last(), words);
            news = true;
        }
        if (now >= times.offers().toNanos() && !offersMade) {
            offersMade = true;
            offers = candidates.get();
            wanted.offered(offers.stream().map(Part.Menu.Option::text).collect(Collectors.toSet()));
            if (!offers.isEmpty()) words = says.apply(HubWords.MEANWHILE);
            news = true;
        }
        if (!news && now < typingAt) return;
        working = true;
        typingAt = now + times.renewed().toNanos();
        signs.working(conversation, heard.last(), true, words, offers);
    }

    /** When there is something to do next. */
    private long next() {
        var next = times.end().toNanos();
        if (!answer.isMade()) next = Math.min(next, times.firstText().toNanos());
        if (typingAt == Long.MAX_VALUE) return next;
        next = Math.min(next, typingAt);
        if (!interimSaid) next = Math.min(next, times.interim().toNanos());
        return offersMade ? next : Math.min(next, times.offers().toNanos());
    }

    private long elapsed() {
        return System.nanoTime() - began;
    }

    private static void await(CompletableFuture<?> news, long nanos) throws InterruptedException {
        try {
            Waiting.get(news, Duration.ofNanos(nanos));
        } catch (TimeoutException | ExecutionException _) {
            // whoever waits looks what has happened
        }
    }
}
