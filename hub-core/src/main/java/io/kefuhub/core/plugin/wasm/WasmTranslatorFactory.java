package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.Description;
import io.kefuhub.api.Settings;
import io.kefuhub.api.TranslatorFactory;
import io.kefuhub.api.translate.Translator;
import io.kefuhub.api.translate.TranslatorContext;

/** Makes translators of a module. Immutable. */
record WasmTranslatorFactory(LiveModule module, WasmFilters known) implements TranslatorFactory {
    @Override
    public Description description() {
        return module.manifest().description();
    }

    @Override
    public Translator create(Settings settings, TranslatorContext context) {
        return new WasmTranslator(new ModuleInstance(module, settings, known, context));
    }
}
