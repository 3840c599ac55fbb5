package io.kefuhub.core.conversation;

import java.util.Map;
import java.util.Optional;

/**
 * An instance of a channel contribution, as an admin set it up. Immutable.
 *
 * @param key its short name, safe in a path, such as {@code wk_demo}
 * @param contribution id of the contribution it is made from, such as {@code web}
 * @param settings by key; secrets encrypted
 * @param managedBy the file that declares it
 */
public record ChannelInstance(
        ChannelId id,
        String key,
        String title,
        String contribution,
        DeskId desk,
        Map<String, String> settings,
        boolean enabled,
        Optional<String> managedBy) {
    public ChannelInstance {
        settings = Map.copyOf(settings);
    }
}
