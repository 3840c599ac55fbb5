package io.kefuhub.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The values of one instance's settings, checked against its {@link SettingSpec}s when read. Immutable.
 *
 * <p>Read settings once, in the factory's {@code create}; a {@link SettingsException} thrown there tells the admin
 * which field is wrong. Values, above all secrets, never belong in a message or a log.
 */
public final class Settings {
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    public static Settings of(Map<String, String> values) {
        return new Settings(values);
    }

    /** Returns a text, secret, choice or file setting; throws {@link SettingsException} when it is required and absent. */
    public String text(SettingSpec spec) {
        return find(spec)
                .orElseThrow(() -> new SettingsException(spec.key(), Localized.of("a value is required", "此项必填。")));
    }

    /** Returns the value, the default, or nothing; throws {@link SettingsException} when it is not one of the choices. */
    public Optional<String> find(SettingSpec spec) {
        var value = Optional.ofNullable(values.get(spec.key()))
                .filter(text -> !text.isBlank())
                .or(spec::defaultValue);
        if (spec.type() == SettingSpec.Type.CHOICE
                && value.isPresent()
                && !spec.choices().contains(value.get())) {
            throw new SettingsException(
                    spec.key(),
                    Localized.of(
                            "choose one of " + spec.choices(), "请从以下值中选择：" + String.join("、", spec.choices()) + "。"));
        }
        return value;
    }

    /** Returns a whole number. */
    public long number(SettingSpec spec) {
        try {
            return Long.parseLong(text(spec).strip());
        } catch (NumberFormatException e) {
            throw new SettingsException(spec.key(), Localized.of("a whole number is expected", "应填写整数。"), e);
        }
    }

    /** Returns a number within the bounds, both included. */
    public int number(SettingSpec spec, int least, int most) {
        var number = number(spec);
        if (number < least || number > most) {
            throw new SettingsException(
                    spec.key(),
                    Localized.of(
                            "a number from " + least + " to " + most + " is expected",
                            "应填写 " + least + " 到 " + most + " 之间的整数。"));
        }
        return (int) number;
    }

    /** Returns a duration, which may be nothing but never negative where written short. */
    public Duration duration(SettingSpec spec) {
        var text = text(spec).strip();
        var matcher = SHORT_DURATION.matcher(text);
        try {
            if (!matcher.matches()) return Duration.parse(text);
            var amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        } catch (DateTimeParseException e) {
            throw new SettingsException(
                    spec.key(),
                    Localized.of("a duration such as 30s, 5m or 2h is expected", "应填写时长，例如 30s、5m 或 2h。"),
                    e);
        }
    }

    /** Returns whether the flag is on; give it a default, else it is required. */
    public boolean flag(SettingSpec spec) {
        return switch (text(spec).strip()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new SettingsException(spec.key(), Localized.of("true or false is expected", "应为 true 或 false。"));
        };
    }

    /** Returns the address of a service: {@code http} or {@code https}, with a host and without a name or password. */
    public URI address(SettingSpec spec) {
        var text = text(spec).strip();
        try {
            var address = new URI(text);
            var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            var isWeb = scheme.equals("https") || scheme.equals("http");
            if (isWeb && address.getHost() != null && address.getUserInfo() == null) return address;
        } catch (URISyntaxException _) {
            // Said below, without the value.
        }
        throw new SettingsException(
                spec.key(),
                Localized.of(
                        "an address such as https://api.example.com is expected", "应填写网址，例如 https://api.example.com。"));
    }

    /** Returns the lines that are not blank, stripped; empty when there are none. */
    public List<String> list(SettingSpec spec) {
        return find(spec).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /**
     * Returns the words that were put in the place of the contribution's own, by language and name; the setting is one of
     * texts. Of two lines for the same words the later counts. Words may have 200 characters.
     *
     * @throws SettingsException that tells which line is wrong, and why
     */
    public Map<Language, Map<String, String>> texts(SettingSpec spec) {
        return TextLines.read(spec, find(spec).orElse(""));
    }

    /** Names the keys only, so that a secret cannot reach a log by accident. */
    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }
}
