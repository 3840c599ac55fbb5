package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.life.LoadedPlugin;
import io.kefuhub.core.plugin.life.Origin;
import io.kefuhub.core.plugin.wasm.guest.Guests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The modules in {@code wasm-plugins}. */
final class Examples {
    static final Path FOLDER = Path.of("..", "wasm-plugins").toAbsolutePath().normalize();

    private Examples() {}

    static List<Path> all() {
        try (var files = Files.walk(FOLDER, 2)) {
            return files.filter(file -> file.toString().endsWith(".wasm"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads a module from its file and the manifest beside it. */
    static LoadedPlugin load(Path file, WasmFilters filters) throws RefusedException, IOException {
        var format = new WasmFormat(Guests.ENGINE, filters, FOLDER, Foreign.PATIENT);
        var copy = Files.createTempFile("module", ".wasm");
        try {
            Files.write(copy, WasmCommand.packed(file));
            return format.load(copy, format.inspect(copy, Origin.UPLOAD));
        } finally {
            Files.delete(copy);
        }
    }

    /** A module of this name, loaded. */
    static LiveModule live(String name) {
        return live(FOLDER.resolve(name).resolve(name + ".wasm"));
    }

    static LiveModule live(Path file) {
        try {
            var format = new WasmFormat(Guests.ENGINE, new WasmFilters(), FOLDER, Foreign.PATIENT);
            return format.live(load(file, new WasmFilters()));
        } catch (RefusedException e) {
            throw new IllegalStateException(e.words().en());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a filter of a module with its usual settings. */
    static Filter filter(Path file) {
        return new WasmFilterFactory(live(file), new WasmFilters())
                .create(Settings.of(Map.of()), new FakeContext("test"));
    }
}
