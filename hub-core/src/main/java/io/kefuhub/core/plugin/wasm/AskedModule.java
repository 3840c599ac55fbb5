package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.wasm.guest.Budget;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A module that is more than a filter, as those ask it who try it out: with all it needs filled in, and with nothing called
 * for it. Safe for threads.
 */
final class AskedModule {
    static final Budget PATIENT = new Budget(Duration.ofSeconds(2), Duration.ofSeconds(5));

    private final LiveModule module;
    private final ModuleSettings settings;

    /** What it said to one question, or how it failed. */
    sealed interface Said {
        record Answered(AnswerNode answer) implements Said {
            @Override
            public String toString() {
                return answer.json().toString();
            }
        }

        record Failed(WasmFault fault) implements Said {
            @Override
            public boolean equals(Object other) {
                return other instanceof Failed failed && failed.toString().equals(toString());
            }

            @Override
            public int hashCode() {
                return toString().hashCode();
            }

            @Override
            public String toString() {
                return String.valueOf(fault.getMessage());
            }
        }
    }

    private AskedModule(LiveModule module, ModuleSettings settings) {
        this.module = module;
        this.settings = settings;
    }

    static AskedModule of(LiveModule module) throws RefusedException {
        var manifest = module.manifest();
        var values = new HashMap<String, String>();
        for (var spec : manifest.settings()) sample(spec, values);
        values.putAll(manifest.caseSettings());
        try {
            return new AskedModule(module, ModuleSettings.of(manifest.settings(), Settings.of(values)));
        } catch (SettingsException e) {
            throw new RefusedException(
                    Why.CASE_UNUSABLE,
                    "manifest",
                    "caseSettings",
                    manifest.caseSettings(),
                    String.valueOf(e.getMessage()));
        }
    }

    /** What an admin must fill in, or surely will. */
    private static void sample(SettingSpec spec, Map<String, String> values) {
        if (spec.defaultValue().isPresent()) return;
        var value = switch (spec.type()) {
            case ADDRESS -> "https://service.test/api";
            case SECRET -> "secret-of-a-test";
            case NUMBER -> "1";
            case FLAG -> "true";
            case DURATION -> "10s";
            case CHOICE -> spec.choices().isEmpty() ? "" : spec.choices().getFirst();
            case TEXT, TEXTS, LIST, FILE -> "text";
        };
        if (spec.required() || spec.type() == SettingSpec.Type.ADDRESS || spec.type() == SettingSpec.Type.SECRET) {
            values.put(spec.key(), value);
        }
    }

    WasmManifest manifest() {
        return module.manifest();
    }

    ModuleSettings settings() {
        return settings;
    }

    Said ask(String function, ObjectNode question) {
        var asked = question.deepCopy();
        asked.put("v", 1);
        try {
            var said = module.ask(function, new JsonErrand(asked, settings.open(), (_, _) -> {}), PATIENT);
            return new Said.Answered(
                    said.length == 0 ? new AnswerNode(JsonNodeFactory.instance.objectNode()) : AnswerNode.read(said));
        } catch (WasmFault e) {
            return new Said.Failed(e);
        }
    }
}
