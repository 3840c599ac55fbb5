package io.kefuhub.channel.wecom.kf;

import io.kefuhub.ai.exchange.JsonObject;
import java.util.List;

/**
 * What the platform listed at once. Immutable.
 *
 * @param cursor where it begins
 * @param next where the next one does
 */
record KfPage(String cursor, List<JsonObject> items, String next, boolean more) {
    KfPage {
        items = List.copyOf(items);
    }
}
