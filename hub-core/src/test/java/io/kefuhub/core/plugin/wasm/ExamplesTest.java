package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.cases.CaseResult;
import io.kefuhub.core.plugin.life.Origin;
import io.kefuhub.core.plugin.wasm.guest.Guests;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    private static final List<String> SOURCES = List.of(".ts", ".mjs", ".wat", ".json");

    static List<Path> modules() {
        return Examples.all();
    }

    @Test
    void every_example_is_there() {
        assertThat(Examples.all()).hasSize(15);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void every_case_of_an_example_holds(Path file) throws Exception {
        var copy = Files.createTempFile("module", ".wasm");
        Files.write(copy, WasmCommand.packed(file));
        try (var guard = Foreign.patientGuard();
                var format = new WasmFormat(Guests.ENGINE, new WasmFilters(), Examples.FOLDER, Foreign.PATIENT)) {
            var about = format.inspect(copy, Origin.UPLOAD);
            var loaded = format.load(copy, about);

            var results = about.cases().run(guard, loaded.offers());

            var isFilter = loaded.offers().getFirst().kind() == Kind.FILTER;
            assertThat(results)
                    .hasSizeGreaterThanOrEqualTo(isFilter ? 2 : 0)
                    .allSatisfy(result -> assertThat(result).isInstanceOf(CaseResult.Passed.class));
            loaded.unload();
        } finally {
            Files.delete(copy);
        }
    }

    @Test
    void the_template_has_the_kit_as_it_is() {
        assertThat(Examples.FOLDER.resolve("template-assemblyscript/hubkit.ts"))
                .hasSameTextualContentAs(Examples.FOLDER.resolve("hubkit/hubkit.ts"));
    }

    /** Builds everything anew with npm, as the README says, and compares byte by byte. */
    @Test
    void the_committed_modules_are_what_their_sources_make(@TempDir Path folder) throws Exception {
        assumeTrue(finds("node") && finds("npm"), "Node is not here");
        var hub = folder.resolve("hub");
        var plugins = hub.resolve("wasm-plugins");
        copySources(Examples.FOLDER, plugins);
        copySources(Path.of("src/test/wasm"), hub.resolve("hub-core/src/test/wasm"));
        run(plugins, "npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");

        run(plugins, "npm", "run", "build");

        for (var module : Examples.all()) {
            // GuideTest builds what npm does not.
            if (!Files.exists(
                    module.resolveSibling(module.getFileName().toString().replace(".wasm", ".ts")))) continue;
            assertThat(plugins.resolve(Examples.FOLDER.relativize(module))).hasSameBinaryContentAs(module);
        }
        try (var tests = Files.list(Path.of("src/test/resources/wasm"))) {
            for (var module : tests.toList()) {
                assertThat(hub.resolve("hub-core").resolve(module)).hasSameBinaryContentAs(module);
            }
        }
    }

    static boolean finds(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void copySources(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = from.relativize(file).toString();
                var isSource = SOURCES.stream().anyMatch(name::endsWith);
                if (name.contains("node_modules") || !isSource) continue;
                Files.createDirectories(to.resolve(name).getParent());
                Files.copy(file, to.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    static void run(Path folder, String... words) throws Exception {
        var process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
