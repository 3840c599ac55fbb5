package io.kefuhub.core.conversation;

import io.kefuhub.api.filter.Stage;
import java.util.List;

/**
 * Why a message is kept for review. Immutable.
 *
 * @param filter the instance that keeps it
 * @param version of the plugin that the filter belongs to
 * @param rules what found something, in the filter's own words; may be empty
 * @param why the reason, the tags and what was found, as a JSON object
 */
public record Hold(Stage stage, String filter, String version, List<String> rules, String why) {
    public Hold {
        rules = List.copyOf(rules);
    }
}
