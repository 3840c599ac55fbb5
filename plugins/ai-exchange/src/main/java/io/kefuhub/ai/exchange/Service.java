package io.kefuhub.ai.exchange;

import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a provider is asked, and by whom. Immutable; names no secret.
 *
 * @param address without a slash at its end
 * @param key empty for a service without one
 * @param headers sent with every call, the one that carries the key among them
 * @param model to check with; empty for none
 */
public record Service(String address, String key, Map<String, String> headers, String model) {
    /** The hub watches deadlines itself, and ends calls earlier; this is how long it never waits. */
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private static final Duration SHORT = Duration.ofSeconds(8);

    public static final SettingSpec KEY = SettingSpec.secret("key", "API key").withLabel(Language.ZH_CN, "API 密钥");

    public static final SettingSpec MODEL = SettingSpec.text("model", "Model to check with")
            .withLabel(Language.ZH_CN, "用于检查的模型")
            .withHelp(
                    Language.EN,
                    "When given, saving asks this model for a few tokens if the service does not list it. Questions name their own model.")
            .withHelp(Language.ZH_CN, "填写后，若服务未列出该模型，保存时会向它请求少量 token 以作检查。实际提问时另行指定模型。")
            .optional();

    public static final SettingSpec PICTURES = SettingSpec.flag("pictures", "Send pictures")
            .withLabel(Language.ZH_CN, "发送图片")
            .withHelp(
                    Language.EN,
                    "Turn this off for models that take only text; they are then told that there was a picture.")
            .withHelp(Language.ZH_CN, "模型只接受文本时请关闭；此时模型只会得知客户发送了图片。");

    public static final SettingSpec TEMPERATURE = SettingSpec.flag("temperature", "Send the temperature")
            .withLabel(Language.ZH_CN, "发送温度参数")
            .withHelp(Language.EN, "Turn this off for models that refuse it, as many reasoning models do.")
            .withHelp(Language.ZH_CN, "模型拒绝该参数时请关闭，许多推理模型即如此。")
            .withDefault("true");

    public Service {
        headers = Map.copyOf(headers);
    }

    /** The setting of a service's address. */
    public static SettingSpec addressSpec() {
        return SettingSpec.address("address", "Address").withLabel(Language.ZH_CN, "服务地址");
    }

    /** Reads the address, which may end with a slash, but has no query. */
    public static String address(Settings settings, SettingSpec spec) {
        var address = settings.address(spec);
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new SettingsException(
                    spec.key(), Localized.of("an address without ? and # is expected", "地址中不能含有 ? 和 #"));
        }
        return address.toString().replaceAll("/+$", "");
    }

    /** Reads a key as it can stand in a header; empty where none was given and none is required. */
    public static String key(Settings settings) {
        var key = settings.find(KEY).map(String::strip).orElse("");
        return checked(KEY, key);
    }

    /** Returns the value if it can stand in a header. */
    public static String checked(SettingSpec spec, String value) {
        if (value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new SettingsException(
                    spec.key(),
                    Localized.of("only letters, digits and signs without spaces are expected", "只能含有英文字母、数字和符号，不能有空格"));
        }
        return value;
    }

    public static String model(Settings settings) {
        return settings.find(MODEL).map(String::strip).orElse("");
    }

    String host() {
        return Optional.ofNullable(URI.create(address).getHost()).orElse("");
    }

    /** Asks with a body. */
    public Http.Request post(String path, Object body, boolean stream) {
        var all = new HashMap<>(headers);
        all.put("Accept", stream ? "text/event-stream, application/x-ndjson, application/json" : "application/json");
        // What is packed on the way may be held back until there is enough of it.
        if (stream) all.put("Accept-Encoding", "identity");
        return Http.Request.postJson(URI.create(address + path), all, Json.write(body), LIMIT);
    }

    public Http.Request get(String path) {
        return new Http.Request("GET", URI.create(address + path), headers, new Http.Body.None(), SHORT);
    }

    /** Returns a name as one segment of a path. */
    public static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "Service[" + host() + "]";
    }
}
