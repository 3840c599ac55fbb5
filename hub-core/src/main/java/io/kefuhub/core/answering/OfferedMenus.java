package io.kefuhub.core.answering;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.answering.knowledge.Normaliser;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The last menu of each conversation, so that a bare number chooses from it where a channel has no buttons. Safe for
 * threads; forgets after half an hour and with a restart.
 */
final class OfferedMenus {
    private static final Pattern CHOICE = Pattern.compile("(?:选|第)?([1-9])(?:个|号|项)?");

    private final Cache<String, List<Part.Menu.Option>> menus = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofMinutes(30))
            .build();

    void put(String conversation, List<Part.Menu.Option> options) {
        menus.put(conversation, List.copyOf(options));
    }

    /** What was chosen by number, or what was said. */
    String meant(String conversation, String said) {
        var choice = CHOICE.matcher(said.length() > 10 ? "" : Normaliser.normal(said));
        var options = choice.matches() ? menus.getIfPresent(conversation) : null;
        if (options == null) return said;
        int place = Integer.parseInt(choice.group(1)) - 1;
        return place < options.size() ? options.get(place).text() : said;
    }
}
