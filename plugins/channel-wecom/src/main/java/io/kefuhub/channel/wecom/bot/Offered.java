package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.Store;
import io.kefuhub.api.message.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cards that were sent, so that one whose button is pressed can show what was chosen: the platform asks for the whole
 * card again. Safe for threads.
 */
final class Offered {
    /** Who presses later than that sees the card as it was. */
    private static final Duration KEPT = Duration.ofDays(14);

    private final Store store;

    Offered(Store store) {
        this.store = store;
    }

    void keep(String task, Part.Menu menu) {
        var options = menu.options().stream().map(Part.Menu.Option::text).toList();
        store.put(key(task), Json.write(Map.of("text", menu.text(), "options", options)), KEPT);
    }

    /** What the platform is told of a card that was pressed; empty when nobody knows it any more. */
    Optional<Map<String, Object>> chosen(String task, String choice) {
        if (task.isEmpty()) return Optional.empty();
        return store.get(key(task)).flatMap(Json::object).map(kept -> {
            var options = new ArrayList<Part.Menu.Option>();
            for (var text : kept.list("options")) options.add(new Part.Menu.Option("", String.valueOf(text)));
            return Card.chosen(new Part.Menu(kept.text("text", ""), List.copyOf(options)), task, choice);
        });
    }

    private static String key(String task) {
        return "card:" + task;
    }
}
