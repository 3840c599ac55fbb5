package io.kefuhub.simulators;

import java.util.List;

/**
 * One of the ways in which a platform talks to a hub.
 *
 * @param says what a customer can say on it: text, image, voice, video, file, location, link, mixed …
 * @param acts what else can happen on it
 * @param callback whether the platform calls the hub here, so that there is an address to set
 * @param groups whether there are conversations of several people
 */
public record Surface(String id, Words title, List<String> says, List<Act> acts, boolean callback, boolean groups) {
    public Surface {
        says = List.copyOf(says);
        acts = List.copyOf(acts);
    }

    /** @param fields what is to be told with it, each with what is usually told */
    public record Act(String id, Words title, List<Field> fields) {
        public Act {
            fields = List.copyOf(fields);
        }
    }

    public record Field(String name, Words title, String usual) {}
}
