package io.kefuhub.api;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One setting of a contribution: what the form shows and what a value must look like. Immutable; build one with
 * {@link #text} and its siblings, then {@code with…}.
 *
 * @param key lower case words joined by hyphens
 * @param type how the value is entered, kept and checked
 * @param labels what people read, by language; English is required
 * @param help one or two sentences, by language; may be empty
 * @param required whether an instance cannot do without it; a setting with a default never is
 * @param defaultValue used when none was given
 * @param choices the allowed values of a {@link Type#CHOICE}, else empty
 * @param onlyWhen when the form asks for it; empty for always
 * @param choiceLabels what people read instead of a choice; a choice without reads as it is
 * @param usualTexts what the contribution itself says, by language and name, in the order the form shows it; the texts of a
 *     {@link Type#TEXTS}, else empty
 */
public record SettingSpec(
        String key,
        Type type,
        Map<Language, String> labels,
        Map<Language, String> help,
        boolean required,
        Optional<String> defaultValue,
        List<String> choices,
        Optional<OnlyWhen> onlyWhen,
        Map<String, Localized> choiceLabels,
        Map<Language, Map<String, String>> usualTexts) {
    /** How a value is entered, kept and checked. */
    public enum Type {
        TEXT,
        /** Written, never shown again; encrypted where it is kept. */
        SECRET,
        /** A whole number. */
        NUMBER,
        /** ISO 8601 ({@code PT30S}) or short ({@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}). */
        DURATION,
        /** One of {@link SettingSpec#choices}. */
        CHOICE,
        /** Lines of text. */
        LIST,
        /** Words in the place of the contribution's own, a line each: {@code en.title = Ask us}. */
        TEXTS,
        /** {@code true} or {@code false}. */
        FLAG,
        /** The id of a file kept by the hub. */
        FILE,
        /** Where a service is, such as {@code https://api.example.com/v1}; its host may be called by the instance. */
        ADDRESS
    }

    /**
     * The setting is asked for while another one has this value, and read only then.
     *
     * @param key of the other setting
     */
    public record OnlyWhen(String key, String value) {}

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,59}");

    public SettingSpec {
        if (!KEY.matcher(key).matches()) throw new IllegalArgumentException("not a setting key: " + key);
        labels = Map.copyOf(labels);
        help = Map.copyOf(help);
        choices = List.copyOf(choices);
        choiceLabels = Map.copyOf(choiceLabels);
        if (!labels.containsKey(Language.EN)) throw new IllegalArgumentException("an English label is missing: " + key);
        if (type == Type.CHOICE && choices.isEmpty()) throw new IllegalArgumentException("no choices: " + key);
        if (!choices.containsAll(choiceLabels.keySet())) {
            throw new IllegalArgumentException("a label for no choice: " + key);
        }
        if ((type == Type.TEXTS) == usualTexts.isEmpty()) throw new IllegalArgumentException("texts of none: " + key);
        var texts = new LinkedHashMap<Language, Map<String, String>>();
        usualTexts.forEach(
                (language, named) -> texts.put(language, Collections.unmodifiableMap(new LinkedHashMap<>(named))));
        usualTexts = Collections.unmodifiableMap(texts);
    }

    /** A setting whose choices read as they are, and which is not one of texts. */
    public SettingSpec(
            String key,
            Type type,
            Map<Language, String> labels,
            Map<Language, String> help,
            boolean required,
            Optional<String> defaultValue,
            List<String> choices,
            Optional<OnlyWhen> onlyWhen) {
        this(key, type, labels, help, required, defaultValue, choices, onlyWhen, Map.of(), Map.of());
    }

    public static SettingSpec text(String key, String label) {
        return of(key, Type.TEXT, label);
    }

    public static SettingSpec secret(String key, String label) {
        return of(key, Type.SECRET, label);
    }

    public static SettingSpec number(String key, String label) {
        return of(key, Type.NUMBER, label);
    }

    public static SettingSpec duration(String key, String label) {
        return of(key, Type.DURATION, label);
    }

    public static SettingSpec list(String key, String label) {
        return of(key, Type.LIST, label);
    }

    /** @param usual what is said where nothing was put in its place, by language and name */
    public static SettingSpec texts(String key, String label, Map<Language, Map<String, String>> usual) {
        return of(key, Type.TEXTS, label, false, List.of(), usual);
    }

    public static SettingSpec flag(String key, String label) {
        return of(key, Type.FLAG, label);
    }

    public static SettingSpec file(String key, String label) {
        return of(key, Type.FILE, label);
    }

    public static SettingSpec address(String key, String label) {
        return of(key, Type.ADDRESS, label);
    }

    public static SettingSpec choice(String key, String label, List<String> choices) {
        return of(key, Type.CHOICE, label, true, choices, Map.of());
    }

    private static SettingSpec of(String key, Type type, String label) {
        return of(key, type, label, true, List.of(), Map.of());
    }

    private static SettingSpec of(
            String key,
            Type type,
            String label,
            boolean required,
            List<String> choices,
            Map<Language, Map<String, String>> usualTexts) {
        return new SettingSpec(
                key,
                type,
                Map.of(Language.EN, label),
                Map.of(),
                required,
                Optional.empty(),
                choices,
                Optional.empty(),
                Map.of(),
                usualTexts);
    }

    public SettingSpec withLabel(Language language, String label) {
        return new SettingSpec(
                key,
                type,
                with(labels, language, label),
                help,
                required,
                defaultValue,
                choices,
                onlyWhen,
                choiceLabels,
                usualTexts);
    }

    public SettingSpec withHelp(Language language, String text) {
        return new SettingSpec(
                key,
                type,
                labels,
                with(help, language, text),
                required,
                defaultValue,
                choices,
                onlyWhen,
                choiceLabels,
                usualTexts);
    }

    /** Returns this setting with words for one of its choices; files and programs go on naming the choice itself. */
    public SettingSpec withChoiceLabel(String choice, Localized label) {
        var more = new HashMap<>(choiceLabels);
        more.put(choice, label);
        return new SettingSpec(key, type, labels, help, required, defaultValue, choices, onlyWhen, more, usualTexts);
    }

    public SettingSpec withDefault(String value) {
        return new SettingSpec(
                key, type, labels, help, false, Optional.of(value), choices, onlyWhen, choiceLabels, usualTexts);
    }

    public SettingSpec optional() {
        return new SettingSpec(
                key, type, labels, help, false, defaultValue, choices, onlyWhen, choiceLabels, usualTexts);
    }

    /** Returns this setting, asked for only while the other one has that value. */
    public SettingSpec onlyWhen(SettingSpec other, String value) {
        var when = Optional.of(new OnlyWhen(other.key, value));
        return new SettingSpec(
                key, type, labels, help, required, defaultValue, choices, when, choiceLabels, usualTexts);
    }

    private static Map<Language, String> with(Map<Language, String> map, Language language, String text) {
        var copy = new HashMap<>(map);
        copy.put(language, text);
        return copy;
    }
}
