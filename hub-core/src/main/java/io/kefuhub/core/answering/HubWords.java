package io.kefuhub.core.answering;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.api.Language;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the hub itself says to customers, in their language, or in English where it does not speak that one. */
public enum HubWords {
    HANDED_OVER,
    REFUSED,
    INTERIM,
    MEANWHILE,
    OFFER_PERSON,
    /** Comes back as what the customer says, and has to be understood then. */
    TALK_TO_PERSON,
    MENU_ONE,
    MENU_SEVERAL,
    /** Like {@link #TALK_TO_PERSON}. */
    MENU_PERSON;

    /** The tags of the languages that the hub speaks. */
    public static final List<String> LANGUAGES =
            List.of("zh-CN", "zh-TW", "en", "ja", "ko", "es", "ar", "de", "fr", "pt", "ru", "th", "vi");

    private static final Set<String> TRADITIONAL = Set.of("TW", "HK", "MO");
    private static final Map<String, JsonNode> TEXTS = read();

    private static Map<String, JsonNode> read() {
        var texts = new LinkedHashMap<String, JsonNode>();
        for (var tag : LANGUAGES) {
            try (var in = HubWords.class.getResourceAsStream("/sentences/" + tag + ".json")) {
                var bytes = Objects.requireNonNull(in, tag).readAllBytes();
                texts.put(tag, Json.tree(new String(bytes, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    /** As it is written in files and in the API. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a button says it, in the customer's name. */
    public boolean isOnButton() {
        return this == TALK_TO_PERSON || this == MENU_PERSON;
    }

    public String in(Language language) {
        var texts = Objects.requireNonNull(TEXTS.get(spoken(language)));
        return texts.path(key()).asText();
    }

    /** Of the languages there are, the one in which somebody is told something. */
    public static String spoken(Language language) {
        var locale = Locale.forLanguageTag(language.tag());
        if (language.isChinese()) {
            var traditional = locale.getScript().equals("Hant") || TRADITIONAL.contains(locale.getCountry());
            return traditional ? "zh-TW" : "zh-CN";
        }
        return LANGUAGES.contains(locale.getLanguage()) ? locale.getLanguage() : "en";
    }
}
