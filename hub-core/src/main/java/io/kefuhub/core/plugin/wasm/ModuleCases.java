package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.cases.CaseResult;
import io.kefuhub.core.plugin.cases.GoldenCases;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cases of a module: those of a filter, which are written as those of jars are, and those that name the function that
 * they ask. Immutable.
 */
record ModuleCases(GoldenCases ofFilter, List<AskedCase> asked) {
    ModuleCases {
        asked = List.copyOf(asked);
    }

    /** Those in the manifest. */
    static ModuleCases of(WasmManifest manifest) throws RefusedException {
        var draft = new Draft(manifest);
        if (!manifest.cases().isMissingNode()) draft.add("manifest", manifest.cases());
        return draft.finish();
    }

    /** Those that name a function, with those of another place. */
    List<AskedCase> askedWith(ModuleCases more) {
        return Stream.concat(asked.stream(), more.asked.stream()).toList();
    }

    /** Asks those that name a function, all of them. */
    List<CaseResult> ask(AskedModule module) {
        return asked.stream().map(one -> one.run(module)).toList();
    }

    /** Asks those that name a function, and refuses the module for the first that fails. */
    void mustHold(AskedModule module) throws RefusedException {
        for (var one : asked) {
            var refusal = one.run(module).refusal();
            if (refusal.isPresent()) throw new RefusedException(refusal.get());
        }
    }

    /** Cases while they are read. One thread only. */
    static final class Draft {
        private final WasmManifest manifest;
        private final GoldenCases.Draft ofFilter = new GoldenCases.Draft();
        private final List<AskedCase> asked = new ArrayList<>();

        Draft(WasmManifest manifest) {
            this.manifest = manifest;
        }

        /** A file that lies beside the module: a list of cases, or an object with such a list. */
        void add(String file, byte[] json) throws RefusedException {
            try {
                var read = Json.read(json, JsonNode.class);
                if (read.isArray() || !read.has("contribution")) add(file, read.isArray() ? read : read.path("cases"));
                else ofFilter.add(file, json);
            } catch (IOException e) {
                // Its reader says what is wrong with it.
                ofFilter.add(file, json);
            }
        }

        void add(String file, JsonNode list) throws RefusedException {
            if (!list.isArray()) {
                ofFilter.add(file, Json.bytes(headed(list)));
                return;
            }
            var rest = JsonNodeFactory.instance.arrayNode();
            for (var one : list) {
                if (one.has(AskedCase.ASK)) asked.add(AskedCase.read(file + " #" + (asked.size() + 1), one));
                else rest.add(one);
            }
            if (!rest.isEmpty()) ofFilter.add(file, Json.bytes(headed(withStages(rest))));
        }

        /** What every file of cases has: whose they are, and their settings. */
        private ObjectNode headed(JsonNode list) {
            var file = JsonNodeFactory.instance.objectNode();
            file.put("contribution", manifest.name());
            var with = file.putObject("settings");
            manifest.caseSettings().forEach(with::put);
            return file.set("cases", list);
        }

        /** A case that names no stage is of the first. */
        private ArrayNode withStages(ArrayNode list) {
            var usual = manifest.stages().stream()
                    .sorted()
                    .findFirst()
                    .orElse(Stage.CUSTOMER_IN)
                    .name();
            var all = list.deepCopy();
            for (var one : all) {
                if (one.path("given") instanceof ObjectNode given && !given.has("stage")) given.put("stage", usual);
            }
            return all;
        }

        ModuleCases finish() throws RefusedException {
            return new ModuleCases(ofFilter.finish(), asked);
        }
    }
}
