package io.kefuhub.api.channel;

import java.util.List;

/**
 * One batch fetched from a platform.
 *
 * @param messages stored in this order; those that were stored before are stored once
 * @param cursor where the next batch begins
 * @param more whether to ask again at once, even where this batch is empty; with the same cursor it counts as a failure
 */
public record Pulled(List<Incoming> messages, String cursor, boolean more) {
    public Pulled {
        messages = List.copyOf(messages);
    }

    public static Pulled nothing(String cursor) {
        return new Pulled(List.of(), cursor, false);
    }
}
