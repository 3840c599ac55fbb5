package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.kit.FilterContract;
import io.kefuhub.api.kit.Messages;
import io.kefuhub.api.message.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A module is judged by the same kit as a jar. */
class MaskContractTest implements FilterContract {
    private static final Filter FILTER = Examples.filter(patient());

    /** The example with more time than it needs: what is judged here is what it answers, on a machine that may be busy. */
    private static Path patient() {
        var example = Examples.FOLDER.resolve("mask-phone-numbers");
        try {
            var folder = Files.createTempDirectory("patient");
            var manifest = Files.readString(example.resolve("mask-phone-numbers.json"));
            Files.writeString(
                    folder.resolve("mask-phone-numbers.json"), manifest.replaceFirst("\\{", "{\"timeoutMs\": 400, "));
            return Files.copy(example.resolve("mask-phone-numbers.wasm"), folder.resolve("mask-phone-numbers.wasm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Filter filter() {
        return FILTER;
    }

    @Override
    public List<Message> examples() {
        var all = new ArrayList<>(Messages.odd());
        all.add(Message.of("13912345678 and +44 20 7946 0958"));
        return all;
    }
}
