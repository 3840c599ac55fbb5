package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.Contribution;
import io.kefuhub.core.plugin.wasm.guest.Gated;
import io.kefuhub.core.plugin.wasm.guest.Limits;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What kinds of questions a module answers, told by the functions it exports. */
enum Answers {
    FILTER,
    TRANSLATOR,
    MODEL,
    CHANNEL;

    static Set<Answers> of(WasmManifest manifest, Gated gated) {
        var all = EnumSet.noneOf(Answers.class);
        for (var one : values()) {
            var exported = one.functions(manifest).stream()
                    .allMatch(name -> gated.functions().get(name) == Gated.FunctionType.ENTRY);
            if (exported) all.add(one);
        }
        return all;
    }

    private List<String> functions(WasmManifest manifest) {
        return switch (this) {
            case FILTER -> List.of(manifest.entry());
            case TRANSLATOR -> List.of(WasmTranslator.FUNCTION);
            case MODEL -> List.of(WasmModel.REQUEST, WasmModel.EVENT);
            case CHANNEL -> List.of(WasmChannel.RECEIVE, WasmChannel.DELIVER);
        };
    }

    Contribution factory(LiveModule module, WasmFilters known) {
        return switch (this) {
            case FILTER -> new WasmFilterFactory(module, known);
            case TRANSLATOR -> new WasmTranslatorFactory(module, known);
            case MODEL -> new WasmModelFactory(module, known);
            case CHANNEL -> new WasmChannelFactory(module, known);
        };
    }

    /** What a module may take that answers these. */
    static Limits limits(Set<Answers> all) {
        return all.equals(EnumSet.of(FILTER)) ? Limits.USUAL : Limits.USUAL.forDocuments();
    }

    /** In words, for a report. */
    String words() {
        return switch (this) {
            case FILTER -> "a filter";
            case TRANSLATOR -> "a translator";
            case MODEL -> "an AI provider";
            case CHANNEL -> "a channel";
        };
    }
}
