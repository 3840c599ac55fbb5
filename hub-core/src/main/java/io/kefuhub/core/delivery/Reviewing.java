package io.kefuhub.core.delivery;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Decision;
import io.kefuhub.core.conversation.Held;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Page;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.Translated;
import io.kefuhub.core.conversation.Utterance;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.plugin.Subject;
import io.kefuhub.core.translation.Interpreter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Has done what reviewers decide about messages that filters keep. Safe for threads.
 *
 * <p>Decided once: whoever comes second changes nothing and is told who was first. A question that goes on is RECEIVED
 * again, so that a hub that is killed meanwhile finds it; a reply that goes on is said at that moment, unless somebody
 * else speaks by then.
 */
public final class Reviewing {
    private final Journal journal;
    private final Replies replies;
    private final FilterChain filters;
    private final Ids ids;
    private final Words words;

    /**
     * What customers are told.
     *
     * @param refused when what they wrote is refused
     * @param unanswered when what the hub would have answered is
     */
    public record Words(Function<Conversation, String> refused, Function<Conversation, String> unanswered) {}

    /**
     * What a reviewer wants.
     *
     * @param parts how the message reads from now on, where it is {@link Decision#MASKED}
     */
    public record Wish(Decision decision, Assignee by, Optional<List<Part>> parts) {
        public Wish {
            if (parts.isPresent() != (decision == Decision.MASKED)) throw new IllegalArgumentException("parts");
        }
    }

    /** What the filters behind say of a reply, and what it is in the customer's language if it may go. */
    private record Judged(Filtered filtered, Interpreter.Rendered rendered) {}

    public Reviewing(Journal journal, Replies replies, FilterChain filters, Ids ids, Words words) {
        this.journal = journal;
        this.replies = replies;
        this.filters = filters;
        this.ids = ids;
        this.words = words;
    }

    /**
     * Decides.
     *
     * @param held as it was read a moment ago
     * @param facts what filters are told that are still to be asked
     */
    public CompletableFuture<Reviewed> decide(Held held, Conversation conversation, Wish wish, Facts facts) {
        var goesOn = wish.decision() == Decision.RELEASED || wish.decision() == Decision.MASKED;
        var isReply = held.hold().stage() != Stage.CUSTOMER_IN;
        // Foreign code is asked before the transaction; a question is judged when it is heard again.
        var judged = isReply && goesOn && held.decided().isEmpty()
                ? Optional.of(judged(held, conversation, wish, facts))
                : Optional.<Judged>empty();
        var step = new Step<Reviewed>() {
            @Override
            public Reviewed write(Page page) {
                return page.held(held.id())
                        .map(now -> decide(page, now, wish, judged))
                        .orElseGet(Reviewed.Gone::new);
            }

            @Override
            public Reviewed repeated(Page page, io.kefuhub.core.conversation.Messages.Earlier earlier) {
                throw new IllegalStateException("a step without a key cannot be repeated");
            }
        };
        return journal.write(held.conversation(), held.id(), step)
                .thenApply(Journal.Written::result)
                .thenApply(reviewed -> {
                    judged.flatMap(reply -> reply.rendered().later())
                            .filter(_ ->
                                    reviewed instanceof Reviewed.Done(var _, var then) && then == Reviewed.Then.GOES_ON)
                            .ifPresent(late -> replies.keepLate(
                                    conversation, new Said.Done(held.message().id(), 0, false), late));
                    return reviewed;
                });
    }

    private Judged judged(Held held, Conversation conversation, Wish wish, Facts facts) {
        var filtered = filtered(held, conversation, wish, facts);
        var stage = held.hold().stage();
        var rendered = filtered.hold(stage).isEmpty()
                ? replies.rendered(conversation, filtered.message().parts(), facts, stage)
                : Interpreter.Rendered.NOTHING;
        return new Judged(filtered, rendered);
    }

    private Filtered filtered(Held held, Conversation conversation, Wish wish, Facts facts) {
        var message = new Message(wish.parts().orElse(held.message().parts()));
        var about =
                new Subject(conversation.id().toString(), held.message().id().toString());
        return about.of(() -> filters.resume(
                conversation.id(),
                message,
                facts,
                held.hold().stage(),
                held.hold().filter()));
    }

    private Reviewed decide(Page page, Held held, Wish wish, Optional<Judged> judged) {
        if (held.decided().isPresent()) return repeated(held, wish);
        if (held.message().state() != MessageState.HELD) return new Reviewed.Gone();
        var mine = page.mode() == Mode.AGENT && speaks(page, wish.by());
        if (wish.decision() == Decision.ANSWERED && page.mode() == Mode.AGENT && !mine) {
            return new Reviewed.Taken(page.assignee().orElseThrow());
        }
        page.decide(held, wish.decision(), wish.by());
        var then =
                held.hold().stage() == Stage.CUSTOMER_IN ? question(page, held, wish) : reply(page, held, wish, judged);
        if (wish.decision() == Decision.ANSWERED && !mine) page.enter(Mode.AGENT, Optional.of(wish.by()));
        return new Reviewed.Done(page.held(held.id()).flatMap(Held::decided).orElseThrow(), then);
    }

    /** The same person with the same word is answered as before: the first answer may have been lost. */
    private static Reviewed repeated(Held held, Wish wish) {
        var before = held.decided().orElseThrow();
        var same = before.decision() == wish.decision()
                && before.by().id().equals(wish.by().id());
        return same ? new Reviewed.Done(before, then(held)) : new Reviewed.Before(before);
    }

    private static Reviewed.Then then(Held held) {
        return switch (held.message().state()) {
            case HELD -> Reviewed.Then.HELD_AGAIN;
            case REFUSED, TAKEN_BACK -> Reviewed.Then.ENDS;
            case DISCARDED ->
                held.decided().map(Held.Decided::decision).orElseThrow() == Decision.REFUSED
                        ? Reviewed.Then.ENDS
                        : Reviewed.Then.TOO_LATE;
            case RECEIVED, ANSWERED, WAITING, READY, SENT, FAILED -> Reviewed.Then.GOES_ON;
        };
    }

    private Reviewed.Then question(Page page, Held held, Wish wish) {
        var message = held.message();
        switch (wish.decision()) {
            case RELEASED -> {
                open(page);
                page.report(message, MessageState.RECEIVED, Optional.empty());
            }
            case MASKED -> {
                open(page);
                page.rewrite(message, MessageState.RECEIVED, wish.parts().orElseThrow(), Optional.empty());
            }
            case ANSWERED -> page.report(message, MessageState.WAITING, Optional.empty());
            case REFUSED -> {
                page.report(message, MessageState.REFUSED, Optional.empty());
                tell(page, held, words.refused().apply(page.conversation()));
                return Reviewed.Then.ENDS;
            }
        }
        return Reviewed.Then.GOES_ON;
    }

    /** As the customer's next message would. */
    private static void open(Page page) {
        if (page.mode() == Mode.CLOSED) page.enter(Mode.BOT, Optional.empty());
    }

    private Reviewed.Then reply(Page page, Held held, Wish wish, Optional<Judged> judged) {
        return switch (wish.decision()) {
            case RELEASED, MASKED -> goOn(page, held, judged.orElseThrow());
            case REFUSED -> {
                page.report(held.message(), MessageState.DISCARDED, Optional.empty());
                if (isOfBot(held) && page.mode() == Mode.BOT && page.epoch() == held.epoch()) {
                    tell(page, held, words.unanswered().apply(page.conversation()));
                }
                yield Reviewed.Then.ENDS;
            }
            case ANSWERED -> {
                page.report(held.message(), MessageState.DISCARDED, Optional.empty());
                held.message()
                        .answers()
                        .ifPresent(question -> page.settle(question, MessageState.WAITING, Optional.empty()));
                yield Reviewed.Then.GOES_ON;
            }
        };
    }

    private Reviewed.Then goOn(Page page, Held held, Judged judged) {
        var parts = judged.filtered().message().parts();
        if (isTooLate(page, held)) {
            page.report(held.message(), MessageState.DISCARDED, parts);
            return Reviewed.Then.TOO_LATE;
        }
        var again = judged.filtered().hold(held.hold().stage());
        if (again.isPresent()) {
            page.report(held.message(), MessageState.HELD, parts);
            page.hold(held.message().id(), again.get());
            return Reviewed.Then.HELD_AGAIN;
        }
        var translation = judged.rendered().now();
        var window = replies.window(page.place().channel());
        if (window.isLimited()) {
            var cost = window.cost(
                    translation.filter(Translated::sent).map(Translated::parts).orElse(parts));
            if (cost > window.at(page.heard(), page.now()).left()) {
                page.report(held.message(), MessageState.DISCARDED, parts);
                return Reviewed.Then.TOO_LATE;
            }
            page.spend(cost);
        }
        page.release(held.message(), replies.outState(page.place()), parts, translation);
        if (!isOfBot(held)) page.answerWaiting();
        return Reviewed.Then.GOES_ON;
    }

    /** One speaker: the bot's words count while nobody else spoke since, an agent's while no other agent speaks. */
    private static boolean isTooLate(Page page, Held held) {
        if (isOfBot(held)) return page.epoch() != held.epoch();
        return page.mode() == Mode.AGENT
                && !page.assignee()
                        .map(Assignee::id)
                        .equals(held.message().speaker().person());
    }

    private static boolean isOfBot(Held held) {
        return held.hold().stage() == Stage.BOT_OUT;
    }

    private static boolean speaks(Page page, Assignee who) {
        return page.assignee().filter(agent -> agent.id().equals(who.id())).isPresent();
    }

    /** A line of the hub's own, once for what was kept. */
    private void tell(Page page, Held held, String line) {
        var window = replies.window(page.place().channel());
        if (window.isLimited()) {
            if (window.at(page.heard(), page.now()).forHub() == 0) return;
            page.spend(1);
        }
        page.say(new Utterance(
                new MessageId(ids.next()),
                Speaker.HUB,
                List.of(new Part.Text(line)),
                replies.outState(page.place()),
                "v:" + held.id(),
                held.message().answers().or(() -> Optional.of(held.message().id())),
                Optional.empty()));
    }
}
