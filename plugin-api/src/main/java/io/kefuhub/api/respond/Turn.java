package io.kefuhub.api.respond;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.message.Message;
import java.util.List;

/**
 * What a customer said since the last answer, and what stands around it. Immutable.
 *
 * @param conversationId random, stable
 * @param desk the desk's key
 * @param channel the channel instance's short name
 * @param language the customer's
 * @param question everything said in this turn, filtered, joined
 * @param history earlier lines, oldest first, at most 40; never private notes
 * @param contact who asks
 */
public record Turn(
        String conversationId,
        String desk,
        String channel,
        Language language,
        Message question,
        List<Line> history,
        Contact contact) {
    public Turn {
        history = List.copyOf(history);
    }

    /** Something said earlier. */
    public record Line(boolean byCustomer, String text) {}
}
