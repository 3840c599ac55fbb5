package io.kefuhub.core.translation;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.conversation.Translated;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Puts what is said into the other language of its conversation. Never in a transaction, never in anybody's way: whoever
 * cannot wait goes on with the original. Safe for threads.
 */
public interface Interpreter {
    /** How long a customer's answer waits for its translation. */
    Duration PATIENCE = Duration.ofSeconds(4);

    /** For a hub without translators. */
    Interpreter NOBODY = new Interpreter() {
        @Override
        public boolean serves(Conversation conversation) {
            return false;
        }

        @Override
        public Language agents(Conversation conversation) {
            return conversation.language();
        }

        @Override
        public CompletableFuture<Optional<Translated>> render(Wish wish) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public void heard(Conversation conversation, StoredMessage message, List<Part> shown, Language language) {}
    };

    /** Whether somebody translates for the desk of a conversation. */
    boolean serves(Conversation conversation);

    /** What those who answer a conversation read. */
    Language agents(Conversation conversation);

    /** Translates; empty when there is nothing to translate. Never fails: that is an outcome. */
    CompletableFuture<Optional<Translated>> render(Wish wish);

    /**
     * Has what a customer said translated for agents, who see it when it is there; returns at once.
     *
     * @param shown what the filters let agents see of it
     * @param language it was heard in
     */
    void heard(Conversation conversation, StoredMessage message, List<Part> shown, Language language);

    /** What is there in time, and what comes later. */
    record Rendered(Optional<Translated> now, Optional<CompletableFuture<Optional<Translated>>> later) {
        public static final Rendered NOTHING = new Rendered(Optional.empty(), Optional.empty());
    }

    /**
     * Translates what is to be said to a customer, unless it is in their language, and waits for that as long as a
     * customer can.
     */
    default Rendered forCustomer(Conversation conversation, List<Part> parts, Language customer) {
        if (!serves(conversation)) return Rendered.NOTHING;
        var text = Renderings.text(parts);
        var from = Tongues.sure(text).orElseGet(() -> agents(conversation));
        if (Tongues.sameScript(from, customer) || Tongues.isNotIn(text, from)) return Rendered.NOTHING;
        var coming = render(new Wish(conversation, Optional.empty(), parts, from, customer));
        var now = coming.copy()
                .completeOnTimeout(
                        Optional.of(Translated.none(
                                from, customer, Translated.Outcome.LATE, Translated.By.NOBODY, "late:")),
                        PATIENCE.toMillis(),
                        java.util.concurrent.TimeUnit.MILLISECONDS)
                .join();
        var isLate =
                now.filter(made -> made.outcome() == Translated.Outcome.LATE).isPresent();
        return new Rendered(now, isLate ? Optional.of(coming) : Optional.empty());
    }
}
