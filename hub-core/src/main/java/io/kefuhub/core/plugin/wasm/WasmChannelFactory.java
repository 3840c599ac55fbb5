package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;

/** Makes channels of a module. Immutable. */
record WasmChannelFactory(LiveModule module, WasmFilters known) implements ChannelFactory {
    @Override
    public Description description() {
        return module.manifest().description();
    }

    @Override
    public Channel create(Settings settings, ChannelContext context) {
        return new WasmChannel(new ModuleInstance(module, settings, known, context));
    }
}
