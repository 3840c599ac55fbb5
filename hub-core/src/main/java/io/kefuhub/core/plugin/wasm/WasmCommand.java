package io.kefuhub.core.plugin.wasm;

import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.wasm.guest.WasmEngine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code kefuhub wasm …}: for those who write modules. Needs no hub and no database. */
public final class WasmCommand {
    private static final int FINE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final String SUFFIX = ".wasm";

    private final PrintStream out;
    private final PrintStream err;

    public WasmCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Returns the status to end with: 0 when all is well, 1 when something failed, 2 when it was called wrongly. */
    public int run(List<String> words) {
        var files = words.stream().skip(1).map(Path::of).toList();
        var missing = files.stream().filter(file -> !Files.isRegularFile(file)).findFirst();
        if (words.isEmpty() || files.isEmpty()) return usage("");
        if (missing.isPresent()) return usage("There is no file " + missing.get() + ".");
        try {
            return switch (words.getFirst()) {
                case "test" -> test(files);
                case "pack" -> pack(files);
                default -> usage("There is no command wasm " + words.getFirst() + ".");
            };
        } catch (IOException e) {
            err.println("A file cannot be read or written: " + e.getMessage());
            return FAILED;
        }
    }

    private int usage(String problem) {
        if (!problem.isEmpty()) err.println(problem);
        err.println("""
                Usage: kefuhub wasm test FILE.wasm …   runs its cases, and says how fast and large it is
                       kefuhub wasm pack FILE.wasm …   puts FILE.json into it, for a module that is uploaded

                Beside FILE.wasm lie FILE.json, its manifest, and, if you like, more cases in cases/*.json.""");
        return USAGE;
    }

    private int test(List<Path> files) throws IOException {
        var cache = Files.createTempDirectory("kefuhub-wasm");
        var passed = true;
        try (var engine = new WasmEngine(cache);
                var guard = new Guard()) {
            for (var file : files) passed &= new ModuleTest(engine, guard, out).passes(file);
        } finally {
            delete(cache);
        }
        return passed ? FINE : FAILED;
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var file : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }

    private int pack(List<Path> files) throws IOException {
        for (var file : files) {
            var packed = packed(file);
            var to = file.resolveSibling(stem(file) + ".packed" + SUFFIX);
            try {
                WasmFormat.read(packed);
            } catch (RefusedException e) {
                err.println(file + ": " + e.words().en());
                return FAILED;
            }
            Files.write(to, packed);
            out.println(to);
        }
        return FINE;
    }

    /** A module with what lies beside it. */
    static byte[] packed(Path file) throws IOException {
        var beside = file.resolveSibling(stem(file) + ".json");
        var manifest = Files.isRegularFile(beside) ? Optional.of(Files.readAllBytes(beside)) : Optional.<byte[]>empty();
        return ModuleFile.pack(file.getFileName().toString(), Files.readAllBytes(file), manifest);
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.wasm$", "");
    }
}
