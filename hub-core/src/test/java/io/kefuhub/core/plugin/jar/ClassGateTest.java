package io.kefuhub.core.plugin.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kefuhub.core.plugin.Refusal;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassGateTest {
    private final JarInspection inspection = new JarInspection(false, Path.of("nowhere"), InstantSource.system());

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            System.exit(1);                                                  | exit   | java.lang.System.exit
            Runtime.getRuntime().exit(1);                                    | exit   | java.lang.Runtime.exit
            Runtime.getRuntime().halt(1);                                    | exit   | java.lang.Runtime.halt
            Runtime.getRuntime().addShutdownHook(new Thread());              | exit   | java.lang.Runtime.addShutdownHook
            java.util.function.IntConsumer end = System::exit; end.accept(1);| exit   | java.lang.System.exit
            Runnable end = () -> System.exit(1); end.run();                  | exit   | java.lang.System.exit
            new Thread().stop();                                             | exit   | java.lang.Thread.stop
            Thread.currentThread().getThreadGroup().interrupt();             | exit   | java.lang.ThreadGroup.interrupt
            sun.misc.Signal.raise(new sun.misc.Signal("TERM"));              | exit   | sun.misc.Signal
            Runtime.getRuntime().exec("ls");                                 | exec   | java.lang.Runtime.exec
            Runtime.getRuntime().exec(new String[] {"ls"}, null, null);      | exec   | java.lang.Runtime.exec
            new ProcessBuilder("ls").start();                                | exec   | java.lang.ProcessBuilder
            ProcessHandle.of(1).orElseThrow().destroy();                     | exec   | java.lang.ProcessHandle.destroy
            System.load("/lib/x.so");                                        | native | java.lang.System.load
            System.loadLibrary("x");                                         | native | java.lang.System.loadLibrary
            Runtime.getRuntime().load("/lib/x.so");                          | native | java.lang.Runtime.load
            Runtime.getRuntime().loadLibrary("x");                           | native | java.lang.Runtime.loadLibrary
            java.lang.foreign.Linker.nativeLinker();                         | native | java.lang.foreign.Linker.nativeLinker
            java.lang.foreign.SymbolLookup.loaderLookup();                   | native | java.lang.foreign.SymbolLookup.loaderLookup
            java.lang.foreign.MemorySegment.NULL.reinterpret(8);             | native | java.lang.foreign.MemorySegment.reinterpret
            ((java.lang.instrument.Instrumentation) null).getAllLoadedClasses(); | native | java.lang.instrument.Instrumentation.getAllLoadedClasses
            com.sun.tools.attach.VirtualMachine.attach("1");                 | native | com.sun.tools.attach.VirtualMachine.attach
            """)
    void a_call_that_was_not_asked_for_is_refused_and_passes_when_it_was(String code, String ability, String call)
            throws Exception {
        var jar = calling(code);

        assertThat(refusal(jar)).isEqualTo(Refusal.of(Why.FORBIDDEN_CALL, "ext.Caller", call, ability));

        var permissions =
                inspect(calling(code).manifest("Plugin-Permissions", ability)).permissions();
        assertThat(permissions.abilities())
                .singleElement()
                .satisfies(asked -> assertThat(asked.word()).isEqualTo(ability));
    }

    @Test
    void another_permission_does_not_help() throws Exception {
        assertThat(refusal(calling("System.exit(1);").manifest("Plugin-Permissions", "exec, native")))
                .isEqualTo(Refusal.of(Why.FORBIDDEN_CALL, "ext.Caller", "java.lang.System.exit", "exit"));
    }

    @Test
    void a_native_method_is_refused_and_passes_when_it_was_asked_for() throws Exception {
        var source = "package ext; final class Beneath { native int dig(int depth); }";
        var jar = PluginJar.filter("digger", "1.0.0", "return Verdict.pass();").source("ext.Beneath", source);

        assertThat(refusal(jar)).isEqualTo(Refusal.of(Why.NATIVE_METHOD, "ext.Beneath", "dig", "native"));
        assertThat(inspect(jar.manifest("Plugin-Permissions", "native")).about().id())
                .isEqualTo("digger");
    }

    @Test
    void a_call_in_a_class_for_some_versions_of_java_is_found() throws Exception {
        var caller = PluginJar.compiled("ext.Caller", caller("System.exit(1);"));

        for (var path :
                new String[] {"META-INF/versions/21/ext/Caller.class", "META-INF/versions/99/ext/Caller.class"}) {
            assertThat(refusal(calling("").file(path, caller)).why()).isEqualTo(Why.FORBIDDEN_CALL);
        }
    }

    @Test
    void what_every_plugin_may_do_needs_no_permission() throws Exception {
        var permissions = inspect(calling("""
                        System.nanoTime();
                        System.getProperty("user.dir");
                        Runtime.getRuntime().availableProcessors();
                        Runtime.version();
                        Thread.currentThread().interrupt();
                        ProcessHandle.current().pid();
                        try (var arena = java.lang.foreign.Arena.ofConfined()) {
                            arena.allocate(8);
                        }
                        """)).permissions();

        assertThat(permissions.isNone()).isTrue();
    }

    @Test
    void a_plugin_of_five_megabytes_is_judged_in_little_time() throws Exception {
        var jar = PluginJar.filter("large", "1.0.0", "return Verdict.pass();");
        var size = addAllOf(jar, com.fasterxml.jackson.databind.ObjectMapper.class)
                + addAllOf(jar, com.fasterxml.jackson.core.JsonFactory.class)
                + addAllOf(jar, com.github.benmanes.caffeine.cache.Caffeine.class);
        var built = jar.build(folder.resolve("large.jar"));

        for (var round = 0; round < 5; round++) {
            var start = System.nanoTime();
            inspection.inspect(built);
            System.out.printf(
                    "judged %d kB of classes in %d ms%n", size / 1_000, (System.nanoTime() - start) / 1_000_000);
        }
        assertThat(size).isGreaterThan(3_000_000);
    }

    private static long addAllOf(PluginJar jar, Class<?> library) throws IOException, URISyntaxException {
        var size = 0L;
        var from = Path.of(
                library.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (var zip = new ZipFile(from.toFile())) {
            for (var entry : zip.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .toList()) {
                var bytes = zip.getInputStream(entry).readAllBytes();
                jar.file(entry.getName(), bytes);
                size += bytes.length;
            }
        }
        return size;
    }

    private static PluginJar calling(String code) {
        return PluginJar.filter("caller", "1.0.0", "return Verdict.pass();").source("ext.Caller", caller(code));
    }

    private static String caller(String code) {
        return """
                package ext;

                final class Caller {
                    @SuppressWarnings("removal")
                    void call() throws Exception {
                        %s
                    }
                }
                """.formatted(code);
    }

    private Inspected inspect(PluginJar jar) throws IOException, RefusedException {
        return inspection.inspect(jar.build(Files.createTempFile(folder, "plugin", ".jar")));
    }

    private Refusal refusal(PluginJar jar) {
        return assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> inspect(jar))
                .actual()
                .refusal()
                .orElseThrow();
    }
}
