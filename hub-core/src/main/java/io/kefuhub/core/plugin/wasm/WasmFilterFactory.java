package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.core.plugin.Terms.WhenFailed;
import io.kefuhub.core.plugin.UsualTerms;
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
        return module.manifest().description();
    }

    @Override
    public Filter create(Settings settings, FilterContext context) {
        var checked = ModuleSettings.of(module.manifest().settings(), settings);
        return new WasmFilter(context.instance(), module, checked.open(), known, context.clock());
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
