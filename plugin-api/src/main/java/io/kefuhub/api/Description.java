package io.kefuhub.api;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The name of a contribution and the settings its instances take. Immutable.
 *
 * @param id unique among all contributions of one kind; lower case letters, digits and hyphens, at most 40
 * @param titles what people read, by language; {@link Language#EN} is required
 * @param settings in the order the form shows them
 */
public record Description(String id, Map<Language, String> titles, List<SettingSpec> settings) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public Description {
        if (!ID.matcher(id).matches()) throw new IllegalArgumentException("not an id: " + id);
        titles = Map.copyOf(titles);
        settings = List.copyOf(settings);
        if (!titles.containsKey(Language.EN)) throw new IllegalArgumentException("an English title is missing: " + id);
        var keys = new HashSet<String>();
        for (var setting : settings) {
            if (!keys.add(setting.key())) throw new IllegalArgumentException("setting named twice: " + setting.key());
        }
    }

    /** Returns the title in the language asked for, else in English. */
    public String title(Language language) {
        return titles.getOrDefault(language, titles.getOrDefault(Language.EN, id));
    }
}
