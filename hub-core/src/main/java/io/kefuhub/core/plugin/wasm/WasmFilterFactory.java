package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.core.plugin.Terms.WhenFailed;
import io.kefuhub.core.plugin.UsualTerms;
import java.util.HashMap;
import java.util.Optional;

/** Makes filters of a module. Immutable. */
final class WasmFilterFactory implements FilterFactory, UsualTerms {
    private final LiveModule module;
    private final WasmFilters known;

    WasmFilterFactory(LiveModule module, WasmFilters known) {
        this.module = module;
        this.known = known;
    }

    @Override
    public Description description() {
        var manifest = module.manifest();
        return new Description(manifest.name(), manifest.titles(), manifest.settings());
    }

    @Override
    public Filter create(Settings settings, FilterContext context) {
        var values = new HashMap<String, String>();
        for (var spec : module.manifest().settings()) {
            if (spec.required()) settings.text(spec);
            settings.find(spec).ifPresent(value -> values.put(spec.key(), checked(settings, spec, value)));
        }
        return new WasmFilter(context.instance(), module, values, known, context.clock());
    }

    /** The module gets every value as text; one that could not be what its type says is refused here. */
    private static String checked(Settings settings, SettingSpec spec, String value) {
        return switch (spec.type()) {
            case NUMBER -> Long.toString(settings.number(spec));
            case FLAG -> Boolean.toString(settings.flag(spec));
            case DURATION -> settings.duration(spec).toString();
            case TEXT, SECRET, CHOICE, LIST, FILE, ADDRESS -> value;
        };
    }

    @Override
    public boolean safety() {
        return whenFailed() == WhenFailed.HOLD;
    }

    @Override
    public WhenFailed whenFailed() {
        return module.manifest().whenFailed();
    }

    @Override
    public Optional<Integer> order() {
        return module.manifest().order();
    }
}
