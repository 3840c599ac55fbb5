package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.AiProviderFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Settings;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiProviderContext;

/** Makes AI providers of a module. Immutable. */
record WasmModelFactory(LiveModule module, WasmFilters known) implements AiProviderFactory {
    @Override
    public Description description() {
        return module.manifest().description();
    }

    @Override
    public AiProvider create(Settings settings, AiProviderContext context) {
        return new WasmModel(new ModuleInstance(module, settings, known, context));
    }
}
