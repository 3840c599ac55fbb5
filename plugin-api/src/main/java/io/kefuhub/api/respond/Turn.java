package io.kefuhub.api.respond;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.message.Message;
import java.time.Instant;
import java.util.List;

/**
 * What a customer said since the last answer, and what stands around it. Immutable.
 *
 * @param conversationId random, stable
 * @param desk the desk's key
 * @param channel the channel instance's short name
 * @param language the customer's
 * @param question everything said in this turn, filtered, joined
 * @param history what was said before; read only when asked
 * @param contact who asks
 */
public record Turn(
        String conversationId,
        String desk,
        String channel,
        Language language,
        Message question,
        History history,
        Contact contact) {
    /** What was said before this turn. Safe for threads; a call may wait for the database. */
    @FunctionalInterface
    public interface History {
        /** Returns the last lines, oldest first; never private notes. At most 40. */
        List<Line> latest(int most);
    }

    /**
     * Something said earlier.
     *
     * @param byCustomer else by the bot or an agent
     * @param at when; {@link Instant#EPOCH} where nobody knows
     */
    public record Line(boolean byCustomer, String text, Instant at) {
        public Line(boolean byCustomer, String text) {
            this(byCustomer, text, Instant.EPOCH);
        }
    }
}
