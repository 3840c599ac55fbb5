package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Scope;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Terms;
import io.kefuhub.core.plugin.life.LoadedPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Modules in the hub's chain of filters, each asked for one desk only. */
final class ModuleChain implements AutoCloseable {
    private final Guard guard = new Guard();
    private final Contributions contributions = new Contributions();
    private final FilterChain chain = new FilterChain(contributions, guard);
    private final WasmFilters known = new WasmFilters();
    private final List<LoadedPlugin> loaded = new ArrayList<>();

    /** Adds a module to the end of the chain of a desk. */
    void add(String name, byte[] module, String manifest, String desk) throws Exception {
        var folder = Files.createTempDirectory("modules");
        var file = Files.write(folder.resolve(name + ".wasm"), module);
        if (!manifest.isEmpty()) Files.writeString(folder.resolve(name + ".json"), manifest);
        add(name, file, desk);
    }

    void add(String name, Path file, String desk) throws Exception {
        var plugin = Examples.load(file, known);
        loaded.add(plugin);
        plugin.warm();
        var offer = plugin.offers().getFirst();
        var terms = Terms.of(Kind.FILTER).withDeadline(Foreign.PATIENT).withScope(new Scope(Set.of(desk), Set.of()));
        var slot = Slot.<Filter>empty(offer, name, 0, terms);
        guard.create(slot, offer, Settings.of(Map.of()), new FakeContext(name));
        contributions.replace(slot);
    }

    Filtered apply(String desk, String text) {
        var facts = new Facts(desk, "web", Language.EN, Map.of(), Instant.EPOCH, List.of());
        return chain.apply(
                new ConversationId(new UUID(1, desk.hashCode())), Message.of(text), facts, Stage.CUSTOMER_IN);
    }

    WasmFilters known() {
        return known;
    }

    @Override
    public void close() {
        guard.close();
        loaded.forEach(LoadedPlugin::unload);
    }
}
