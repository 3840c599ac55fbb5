package io.kefuhub.translate.http;

import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a service is asked and how its answers read. Immutable. */
interface Shape {
    /** The most texts in one call. */
    int MOST_TEXTS = 50;

    /** Two languages as the service calls them. */
    record Pair(String from, String to) {}

    /** What a service translates between. */
    interface Known {
        Optional<Pair> pair(Language from, Language to);
    }

    /** Asks what it knows; the answers, in this order, are what {@link #known} reads. */
    List<Http.Request> languages();

    /** Reads that; empty when the answers are none. */
    Optional<Known> known(List<String> bodies);

    Http.Request question(List<String> texts, Pair pair, Map<String, String> glossary);

    /** Reads the translations; empty when the answer holds none. */
    Optional<List<String>> texts(String body);
}
