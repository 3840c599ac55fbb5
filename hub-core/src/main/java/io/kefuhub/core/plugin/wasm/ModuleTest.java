package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.cases.CaseResult;
import io.kefuhub.core.plugin.life.Origin;
import io.kefuhub.core.plugin.wasm.guest.WasmEngine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes a module through all that the hub would, and says in words how it went. One thread only. */
final class ModuleTest {
    private static final Duration WARMING = Duration.ofSeconds(3);
    private static final int CALLS = 1_000;
    private static final double KIB = 1024;
    private static final int PAGE = 65_536;

    private final WasmEngine engine;
    private final Guard guard;
    private final PrintStream out;

    ModuleTest(WasmEngine engine, Guard guard, PrintStream out) {
        this.engine = engine;
        this.guard = guard;
        this.out = out;
    }

    boolean passes(Path file) throws IOException {
        var copy = Files.createTempFile("kefuhub-", ".wasm");
        var filters = new WasmFilters();
        try (var format = new WasmFormat(engine, filters, Path.of("."))) {
            Files.write(copy, WasmCommand.packed(file));
            var about = format.inspect(copy, Origin.UPLOAD);
            out.printf("%s: %s %s, %.1f KiB%n", file, about.plugin(), about.version(), Files.size(file) / KIB);
            return passes(file, copy, format, filters);
        } catch (RefusedException e) {
            out.printf(
                    "%s: ✗ The hub would not take it.%n  %s%n  %s%n",
                    file, e.words().en(), e.words().zh());
            return false;
        } finally {
            Files.delete(copy);
        }
    }

    private boolean passes(Path file, Path copy, WasmFormat format, WasmFilters filters)
            throws RefusedException, IOException {
        var about = format.inspect(copy, Origin.UPLOAD);
        var read = WasmFormat.read(Files.readAllBytes(copy));
        describe(read);
        var began = System.nanoTime();
        var loaded = format.load(copy, about);
        try {
            tell(
                    "starts in",
                    millis(System.nanoTime() - began) + (engine.compiles() ? "" : ", and is only interpreted"));
            var module = format.live(loaded);
            var own = ModuleCases.of(read.manifest());
            var beside = beside(file, read.manifest());
            var results = new ArrayList<CaseResult>();
            for (var cases : List.of(own, beside)) {
                results.addAll(cases.ofFilter().run(guard, loaded.offers()));
                results.addAll(cases.ask(AskedModule.of(module)));
            }
            long failed = results.stream().filter(result -> !passed(result)).count();
            failed += FirstTries.of(module, read, this::tried);
            speed(module, read);
            log(filters, about.plugin());
            if (results.isEmpty()) tell("cases", "none: write some into its manifest");
            var broken = contract(format, copy, module, own.askedWith(beside), read.answers());
            out.printf("  %d cases, %d failed%n", results.size(), failed);
            return failed + broken == 0;
        } finally {
            loaded.unload();
        }
    }

    /** Asks what its contract asks; returns how many promises are broken. */
    private int contract(WasmFormat format, Path copy, LiveModule module, List<AskedCase> cases, Set<Answers> answers)
            throws RefusedException {
        var other = format.load(copy, format.inspect(copy, Origin.UPLOAD));
        try {
            tell("contract", "of " + answers.stream().map(Answers::words).collect(Collectors.joining(", ")));
            var broken = new ModuleContract(answers, module, format.live(other), cases).ask(this::promise);
            if (broken > 0) out.printf("  %d promises broken%n", broken);
            return broken;
        } finally {
            other.unload();
        }
    }

    private void promise(String question, Optional<String> why, Duration took) {
        out.printf("  %s %s (%d ms)%n", why.isEmpty() ? "✓" : "✗", question, took.toMillis());
        why.ifPresent(words -> words.lines().forEach(line -> out.println("      " + line)));
    }

    private void describe(WasmFormat.Read read) {
        var manifest = read.manifest();
        var isFilter = read.answers().contains(Answers.FILTER);
        tell("is", read.answers().stream().map(Answers::words).collect(Collectors.joining(", ")));
        if (isFilter) {
            tell(
                    "judges",
                    manifest.stages().stream().sorted().map(ModuleTest::words).collect(Collectors.joining(", ")));
        }
        tell(
                "imports",
                read.gated().imports().isEmpty()
                        ? "nothing"
                        : String.join(", ", read.gated().imports()));
        tell(
                "limits",
                manifest.timeout().toMillis() + " ms a call, " + read.gated().mostPages() + " pages of memory"
                        + (isFilter
                                ? "; a failure means "
                                        + manifest.whenFailed().name().toLowerCase(java.util.Locale.ROOT)
                                : ""));
        if (!manifest.permissions().hosts().entries().isEmpty()) {
            tell("calls", String.join(", ", manifest.permissions().hosts().entries()));
        }
        if (!manifest.settings().isEmpty()) {
            tell(
                    "settings",
                    manifest.settings().stream().map(spec -> spec.key()).collect(Collectors.joining(", ")));
        }
    }

    private static String words(Stage stage) {
        return switch (stage) {
            case CUSTOMER_IN -> "what customers write";
            case BOT_OUT -> "what the hub says";
            case AGENT_OUT -> "what agents say";
            case TO_MODEL -> "what goes to a model";
            case TO_AGENT -> "what agents see who may not see personal data";
        };
    }

    private static ModuleCases beside(Path file, WasmManifest manifest) throws RefusedException, IOException {
        var draft = new ModuleCases.Draft(manifest);
        for (var one : caseFiles(file)) draft.add(one.getFileName().toString(), Files.readAllBytes(one));
        return draft.finish();
    }

    private static List<Path> caseFiles(Path file) throws IOException {
        var folder = file.resolveSibling("cases");
        if (!Files.isDirectory(folder)) return List.of();
        try (var files = Files.list(folder)) {
            return files.filter(one -> one.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private boolean passed(CaseResult result) {
        switch (result) {
            case CaseResult.Passed(var _, var name) -> out.println("  ✓ " + name);
            case CaseResult.Failed(var _, var name, var expected, var got) ->
                out.printf("  ✗ %s%n      expected %s%n      it answers %s%n", name, expected, got);
            case CaseResult.NotAsked(var name, var reason) ->
                out.printf("  ✗ %s%n      %s%n", name, reason.words().en());
        }
        return result instanceof CaseResult.Passed;
    }

    /** How a first question went that is nobody's. */
    private void tried(String function, String outcome) {
        tell("asked", function + ": " + outcome);
    }

    private void speed(LiveModule module, WasmFormat.Read read) {
        module.measure(WARMING, CALLS)
                .ifPresentOrElse(
                        speed -> tell(
                                "speed",
                                "first " + millis(speed.first()) + ", then half of the calls within "
                                        + micros(speed.p50()) + " and 99 of 100 within " + micros(speed.p99())),
                        () -> tell("speed", "not measured: it was asked nothing, or fails at it"));
        tell(
                "memory",
                read.gated().memoryPages() + " pages of 64 KiB at the start, " + (module.mostMemory() + PAGE - 1) / PAGE
                        + " at the end of a call");
    }

    private void log(WasmFilters filters, String plugin) {
        for (var line : filters.logs().latestOfCases(plugin, 10)) {
            tell("log", line.level().name().toLowerCase(java.util.Locale.ROOT) + " " + line.text());
        }
    }

    private void tell(String what, String value) {
        out.printf("  %-11s %s%n", what, value);
    }

    private static String millis(long nanos) {
        return String.format(java.util.Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    private static String micros(long nanos) {
        return nanos / 1_000 + " µs";
    }
}
