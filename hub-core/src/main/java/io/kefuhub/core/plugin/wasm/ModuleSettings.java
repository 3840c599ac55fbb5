package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of an instance, checked. Immutable.
 *
 * @param all by key
 * @param open those that a module may read: all but secrets
 */
record ModuleSettings(Map<String, String> all, Map<String, String> open) {
    ModuleSettings {
        all = Map.copyOf(all);
        open = Map.copyOf(open);
    }

    static ModuleSettings of(List<SettingSpec> specs, Settings settings) {
        var all = new HashMap<String, String>();
        var open = new HashMap<String, String>();
        for (var spec : specs) {
            if (spec.required()) settings.text(spec);
            settings.find(spec).ifPresent(value -> {
                var checked = checked(settings, spec, value);
                all.put(spec.key(), checked);
                if (spec.type() != SettingSpec.Type.SECRET) open.put(spec.key(), checked);
            });
        }
        return new ModuleSettings(all, open);
    }

    /** A module gets every value as text; one that could not be what its type says is refused here. */
    private static String checked(Settings settings, SettingSpec spec, String value) {
        return switch (spec.type()) {
            case NUMBER -> Long.toString(settings.number(spec));
            case FLAG -> Boolean.toString(settings.flag(spec));
            case DURATION -> settings.duration(spec).toString();
            case ADDRESS -> settings.address(spec).toString();
            case TEXT, TEXTS, SECRET, CHOICE, LIST, FILE -> value;
        };
    }
}
