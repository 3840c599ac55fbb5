package io.kefuhub.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One thing that a customer says.
 *
 * @param group the conversation of several people in which it is said; empty for his own
 * @param kind one of the surface's {@link Surface#says()}
 * @param media what goes with it
 * @param more whatever else the platform has for this kind, such as a place's latitude or the message that is quoted
 */
public record Saying(
        String surface,
        String customer,
        String group,
        String kind,
        String text,
        Optional<Shelf.Item> media,
        JsonNode more) {

    /**
     * How several things said at once reach the hub.
     *
     * @param twice each is delivered twice, as the same message
     * @param order in which they are delivered
     */
    public record Manner(boolean twice, Order order) {
        public static final Manner PLAIN = new Manner(false, Order.AS_SAID);

        /** What was said in the order in which it is delivered. */
        public <T> List<T> arrange(List<T> said) {
            var arranged = new ArrayList<T>(said);
            switch (order) {
                case AS_SAID -> {}
                case REVERSED -> Collections.reverse(arranged);
                case SHUFFLED -> Collections.shuffle(arranged, new Random(said.size()));
            }
            if (!twice) return arranged;
            var doubled = new ArrayList<T>();
            arranged.forEach(one -> doubled.addAll(Collections.nCopies(2, one)));
            return doubled;
        }
    }

    public enum Order {
        AS_SAID,
        REVERSED,
        SHUFFLED
    }
}
