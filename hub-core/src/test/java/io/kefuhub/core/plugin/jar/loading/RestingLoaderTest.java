package io.kefuhub.core.plugin.jar.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.plugin.jar.PluginJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestingLoaderTest {
    private static final int CLASSES = 300;

    @TempDir
    Path folder;

    private final KeptLibraries kept = new KeptLibraries();
    private OneJar jar;
    private Path file;

    @BeforeEach
    void load() throws Exception {
        var many = IntStream.range(0, CLASSES)
                .mapToObj(number -> "static final class C" + number + " { static int value = " + number + "; }")
                .collect(Collectors.joining("\n"));
        file = PluginJar.filter("many", "1.0.0", "return Verdict.pass();")
                .source("ext.Many", "package ext; final class Many {\n" + many + "\n}")
                .source("lib.Many", "package lib; final class Many {\n" + many + "\n}")
                .build(folder.resolve("many.jar"));
        jar = loaded();
    }

    private OneJar loaded() throws IOException {
        var one = new OneJar(folder, kept.lend("many", new Libraries(List.of("lib")), file, "its hash"));
        one.loadPlugin(file);
        return one;
    }

    @Test
    void classes_are_loaded_with_rests_while_a_version_is_made_ready() throws Exception {
        jar.rests("many", true);

        assertThat(rests("ext")).isPositive();
    }

    @Test
    void libraries_are_loaded_with_rests_as_long_as_nobody_else_has_them() throws Exception {
        jar.rests("many", true);
        assertThat(rests("lib")).isPositive();
    }

    @Test
    void libraries_that_serve_already_are_loaded_in_one_go() throws Exception {
        loaded().rests("many", true);

        assertThat(rests("lib")).isZero();
    }

    @Test
    void classes_are_loaded_in_one_go_once_somebody_may_wait_for_them() throws Exception {
        jar.rests("many", true);
        jar.rests("many", false);

        assertThat(rests("ext")).isZero();
        assertThat(rests("lib")).isZero();
    }

    /** Loads all of them; returns how often it was seen resting meanwhile. */
    private int rests(String where) throws InterruptedException {
        var loader = jar.getPluginClassLoader("many");
        var loading = Thread.ofPlatform()
                .start(() -> IntStream.range(0, CLASSES).forEach(number -> {
                    try {
                        Class.forName(where + ".Many$C" + number, true, loader);
                    } catch (ClassNotFoundException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        var seen = 0;
        while (loading.isAlive()) {
            if (LockSupport.getBlocker(loading) instanceof Rests) seen++;
            Thread.yield();
        }
        loading.join();
        return seen;
    }
}
