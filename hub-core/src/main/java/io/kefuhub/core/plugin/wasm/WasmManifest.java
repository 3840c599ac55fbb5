package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.Terms.WhenFailed;
import io.kefuhub.core.plugin.wasm.guest.Limits;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the JSON file beside a module says of it. Immutable.
 *
 * @param version empty when it says none
 * @param titles by language; the English one is its name when it says none
 * @param provider who made it, as it says itself; may be empty
 * @param stages at which it judges
 * @param entry the function that is asked
 * @param order where it is put among other modules when it comes first: smaller is earlier
 * @param keepsInstance whether one instance serves call after call
 * @param whenFailed what becomes of a message that it fails at, unless an admin says otherwise
 * @param permissions which hosts the hub may call for it, and whether it may send files of the hub there
 * @param channel how it is a channel, if it is one
 * @param caseSettings with which its cases are asked
 */
record WasmManifest(
        String name,
        Optional<String> version,
        Map<Language, String> titles,
        Map<Language, String> descriptions,
        String provider,
        Set<Stage> stages,
        String entry,
        Optional<Integer> order,
        Duration timeout,
        int memoryPages,
        boolean keepsInstance,
        WhenFailed whenFailed,
        List<SettingSpec> settings,
        Permissions permissions,
        ChannelPlan channel,
        Map<String, String> caseSettings,
        JsonNode cases) {
    static final String ENTRY = "on_message";

    private static final int LARGEST = 1 << 20;
    private static final int USUAL_MILLIS = 50;
    private static final int MOST_MILLIS = 400;
    private static final Pattern NAME = Pattern.compile("(?!hub$)[a-z][a-z0-9-]{0,39}");
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}([-+][0-9A-Za-z.+-]{1,60})?");
    private static final Map<String, Set<Stage>> EVENTS = Map.of(
            "message.inbound", EnumSet.of(Stage.CUSTOMER_IN),
            "message.outbound", EnumSet.of(Stage.BOT_OUT, Stage.AGENT_OUT),
            "message.outbound.bot", EnumSet.of(Stage.BOT_OUT),
            "message.outbound.agent", EnumSet.of(Stage.AGENT_OUT),
            "message.shown", EnumSet.of(Stage.TO_AGENT),
            "model.request", EnumSet.of(Stage.TO_MODEL));
    private static final List<String> FIELDS = List.of(
            "name",
            "version",
            "title",
            "description",
            "author",
            "events",
            "entry",
            "order",
            "timeoutMs",
            "memoryPages",
            "instance",
            "onError",
            "config",
            "settings",
            "hosts",
            "files",
            "channel",
            "caseSettings",
            "cases");
    private static final List<String> SETTING_FIELDS =
            List.of("key", "type", "label", "help", "required", "default", "choices");

    WasmManifest {
        titles = Map.copyOf(titles);
        descriptions = Map.copyOf(descriptions);
        stages = Set.copyOf(stages);
        settings = List.copyOf(settings);
        caseSettings = Map.copyOf(caseSettings);
    }

    static WasmManifest read(byte[] json) throws RefusedException {
        if (json.length > LARGEST) throw new RefusedException(Why.CASES_TOO_LARGE, "manifest", LARGEST >> 10);
        var node = new ManifestNode("", tree(json));
        node.mayHave(FIELDS);
        var name = node.text("name").orElse("");
        if (!NAME.matcher(name).matches()) throw node.wrong("name", "mask-words");
        var version = node.text("version");
        if (version.isPresent() && !VERSION.matcher(version.get()).matches()) throw node.wrong("version", "1.2.3");
        var titles = node.words("title");
        return new WasmManifest(
                name,
                version,
                titles.containsKey(Language.EN) ? titles : Map.of(Language.EN, name),
                node.words("description"),
                node.text("author").orElse(""),
                stages(node),
                node.text("entry").orElse(ENTRY),
                node.number("order", 0, 1_000_000),
                Duration.ofMillis(node.number("timeoutMs", 1, MOST_MILLIS).orElse(USUAL_MILLIS)),
                node.number("memoryPages", 1, Limits.MOST_PAGES).orElse(Limits.USUAL.memoryPages()),
                node.oneOf("instance", Set.of("fresh", "kept")).orElse("fresh").equals("kept"),
                WhenFailed.valueOf(node.oneOf("onError", Set.of("pass", "hold", "block"))
                        .orElse("pass")
                        .toUpperCase(Locale.ROOT)),
                settings(node),
                // It is given no secret: what needs one is put together by the hub, and goes to allowed hosts alone.
                new Permissions(AllowedHosts.of(hosts(node)), node.flag("files", false), false, Set.of()),
                ChannelPlan.read(node.object("channel")),
                node.values("caseSettings"),
                node.json().path("cases"));
    }

    private static JsonNode tree(byte[] json) throws RefusedException {
        try {
            var tree = Json.read(json, JsonNode.class);
            if (tree.isObject()) return tree;
            throw new RefusedException(Why.WASM_MANIFEST_UNREADABLE, 1);
        } catch (JsonProcessingException e) {
            var location = e.getLocation();
            throw new RefusedException(Why.WASM_MANIFEST_UNREADABLE, location == null ? 1 : location.getLineNr());
        } catch (IOException _) {
            throw new RefusedException(Why.WASM_MANIFEST_UNREADABLE, 1);
        }
    }

    private static Set<Stage> stages(ManifestNode node) throws RefusedException {
        var stages = EnumSet.noneOf(Stage.class);
        for (var event : node.texts("events")) {
            var known = EVENTS.get(event);
            if (known == null)
                throw node.wrong("events", EVENTS.keySet().stream().sorted().toList());
            stages.addAll(known);
        }
        return stages.isEmpty() ? EnumSet.of(Stage.CUSTOMER_IN) : stages;
    }

    private static List<String> hosts(ManifestNode node) throws RefusedException {
        var hosts = node.texts("hosts");
        for (var host : hosts) {
            if (!AllowedHosts.ENTRY.matcher(host).matches()) throw node.wrong("hosts", "[\"api.example.com\"]");
        }
        return hosts;
    }

    Description description() {
        return new Description(name, titles, settings);
    }

    private static List<SettingSpec> settings(ManifestNode node) throws RefusedException {
        var settings = new ArrayList<SettingSpec>();
        for (var one : node.objects("settings")) settings.add(setting(one));
        for (var one : node.values("config").entrySet()) {
            try {
                settings.add(SettingSpec.text(one.getKey(), one.getKey()).withDefault(one.getValue()));
            } catch (IllegalArgumentException _) {
                throw node.wrong("config", "{\"lower-case-key\": \"default\"}");
            }
        }
        if (settings.stream().map(SettingSpec::key).distinct().count() < settings.size()) {
            throw node.wrong("settings", "each key once");
        }
        return settings;
    }

    private static SettingSpec setting(ManifestNode node) throws RefusedException {
        node.mayHave(SETTING_FIELDS);
        var key = node.text("key").orElse("");
        var type = node.text("type").orElse("text");
        var labels = node.words("label");
        try {
            return new SettingSpec(
                    key,
                    SettingSpec.Type.valueOf(type.toUpperCase(Locale.ROOT)),
                    labels.containsKey(Language.EN) ? labels : Map.of(Language.EN, key),
                    node.words("help"),
                    node.flag("required", false) && node.text("default").isEmpty(),
                    node.text("default"),
                    node.texts("choices"),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            throw node.wrong("key", "{\"key\": \"words\", \"type\": \"text, list, number, flag, choice, secret\"}");
        }
    }
}
