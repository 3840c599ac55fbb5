package io.kefuhub.core.plugin.jar.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kefuhub.core.plugin.jar.PluginJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryLoaderTest {
    @TempDir
    Path folder;

    @Test
    void what_is_in_the_packages_is_found_when_the_jar_is_gone_and_nothing_else_is() throws Exception {
        var jar = PluginJar.filter("say", "1.0.0", "return Verdict.pass();")
                .source("lib.Library", "package lib; public class Library {}")
                .file("lib/words.txt", "words".getBytes(StandardCharsets.UTF_8))
                .file("ext/words.txt", "others".getBytes(StandardCharsets.UTF_8))
                .build(folder.resolve("say.jar"));
        try (var loader = LibraryLoader.of(new Libraries(List.of("lib")), jar, ClassLoader.getPlatformClassLoader())) {
            Files.delete(jar);

            assertThat(loader.loadClass("lib.Library").getClassLoader()).isSameAs(loader);
            assertThat(loader.getResourceAsStream("lib/words.txt")).hasContent("words");
            assertThat(loader.getResource("ext/words.txt")).isNull();
            assertThat(loader.getResources("ext/words.txt").hasMoreElements()).isFalse();
            assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> loader.loadClass("ext.ThePlugin"));
        }
        assertThat(folder).isEmptyDirectory();
    }
}
