package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.cases.CaseResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/wasm.md tells authors to write and to type. */
class GuideTest {
    private static final Path GUIDE = Examples.FOLDER.resolveSibling("docs").resolve("wasm.md");

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "ts, template-assemblyscript/filter.ts",
        "c, template-c/filter.c",
        "rust, template-rust/filter.rs",
        "go, template-go/filter.go",
        "json, template-assemblyscript/filter.json",
    })
    void the_code_in_the_guide_is_the_templates(String language, String file) throws IOException {
        var source = Files.readString(Examples.FOLDER.resolve(file));

        assertThat(blocks(language)).isNotEmpty();
        assertThat(source).contains(blocks(language).getFirst());
    }

    /** The commands are the guide's own; where there is no compiler, the module that lies beside the source is tried. */
    @ParameterizedTest
    @CsvSource({"clang, template-c", "rustc, template-rust", "go, template-go"})
    void a_template_is_built_by_the_guides_command_and_its_cases_hold(
            String compiler, String template, @TempDir Path folder) throws Exception {
        for (var file : List.of(
                "filter.c",
                "filter.rs",
                "filter.go",
                "go.mod",
                "hubkit.h",
                "hubkit.go",
                "filter.json",
                "filter.wasm")) {
            var source = Examples.FOLDER.resolve(template).resolve(file);
            if (Files.exists(source)) Files.copy(source, folder.resolve(file));
        }

        if (builds(compiler)) {
            Files.delete(folder.resolve("filter.wasm"));
            ExamplesTest.run(folder, command(compiler).split(" "));
        }

        var loaded = Examples.load(folder.resolve("filter.wasm"), new WasmFilters());
        try (var guard = Foreign.patientGuard()) {
            var manifest = WasmManifest.read(Files.readAllBytes(folder.resolve("filter.json")));
            assertThat(ModuleCases.of(manifest).ofFilter().run(guard, loaded.offers()))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(result -> assertThat(result).isInstanceOf(CaseResult.Passed.class));
        } finally {
            loaded.unload();
        }
    }

    @Test
    void the_header_of_the_template_is_the_kits() {
        assertThat(Examples.FOLDER.resolve("template-c/hubkit.h"))
                .hasSameTextualContentAs(Examples.FOLDER.resolve("hubkit/hubkit.h"));
    }

    private static String command(String compiler) throws IOException {
        var found = Pattern.compile("`((?:env [^`]* )?" + compiler + " [^`]+)`").matcher(Files.readString(GUIDE));
        assertThat(found.find()).as(compiler).isTrue();
        return found.group(1).replaceAll("\\s+", " ");
    }

    /** Older ones make only modules that run once and end. */
    private static boolean goExports() throws IOException {
        var said = new ProcessBuilder("go", "env", "GOVERSION").start();
        var version = new String(said.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return version.matches("go1\\.(2[4-9]|[3-9]\\d).*");
    }

    /** A compiler may be there and know nothing of WASM. */
    private static boolean builds(String compiler) throws IOException, InterruptedException {
        if (!ExamplesTest.finds(compiler)) return false;
        if (compiler.equals("clang")) return ExamplesTest.finds("wasm-ld");
        if (compiler.equals("go")) return goExports();
        var said = new ProcessBuilder("rustc", "--print", "target-libdir", "--target", "wasm32-unknown-unknown")
                .redirectErrorStream(true)
                .start();
        var folder = new String(said.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return said.waitFor() == 0 && Files.isDirectory(Path.of(folder));
    }
}
