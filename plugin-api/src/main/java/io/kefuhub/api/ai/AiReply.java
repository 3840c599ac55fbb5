package io.kefuhub.api.ai;

import java.time.Duration;

/** What became of a question to a model. */
public sealed interface AiReply {
    /** Whether the request may have reached the provider, so that it may cost money. */
    boolean dispatched();

    /**
     * The whole answer.
     *
     * @param finish why it ended
     */
    record Answer(String text, Usage usage, Finish finish) implements AiReply {
        @Override
        public boolean dispatched() {
            return true;
        }
    }

    /** Too many requests; the pause is zero when the provider named none. */
    record RateLimited(Duration pause, boolean dispatched) implements AiReply {}

    record Overloaded(boolean dispatched) implements AiReply {}

    record CredentialsRefused(boolean dispatched) implements AiReply {}

    record NoBalance(boolean dispatched) implements AiReply {}

    /** The question does not fit the model's window. */
    record TooLong(boolean dispatched) implements AiReply {}

    record ContentFiltered(boolean dispatched) implements AiReply {}

    /**
     * The provider will not take the question as it stands, such as for an unknown model or a field it does not know;
     * the same one again is of no use.
     *
     * @param reason for an admin; never a secret
     */
    record Refused(String reason, boolean dispatched) implements AiReply {}

    /**
     * The call broke.
     *
     * @param textSoFar what had come; may be empty
     * @param usage as far as it is known
     */
    record Broken(String reason, String textSoFar, Usage usage, boolean dispatched) implements AiReply {}

    record Cancelled(String textSoFar, Usage usage, boolean dispatched) implements AiReply {}

    /** Why an answer ended. */
    enum Finish {
        STOP,
        LENGTH,
        OTHER
    }
}
