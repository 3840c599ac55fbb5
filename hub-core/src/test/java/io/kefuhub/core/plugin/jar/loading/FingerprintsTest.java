package io.kefuhub.core.plugin.jar.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.plugin.jar.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintsTest {
    private static final Libraries LIBRARIES = new Libraries(List.of("lib.shaded", "lib.other"));

    private final Fingerprints fingerprints = new Fingerprints();

    @TempDir
    Path folder;

    @Test
    void libraries_are_the_same_when_all_their_bytes_are_whatever_else_is_in_the_jar() throws Exception {
        var first = of(bringing("one"));

        assertThat(of(bringing("one"))).isEqualTo(first);
        assertThat(of(bringing("one")
                        .manifest("Plugin-Version", "2.0.0")
                        .source("ext.More", "package ext; class More {}")))
                .isEqualTo(first);
        assertThat(of(bringing("one").file("lib/shadedtoo.txt", new byte[] {1})))
                .isEqualTo(first);
        assertThat(of(bringing("another"))).isNotEqualTo(first);
        assertThat(of(bringing("one").file("lib/shaded/data.txt", new byte[] {1})))
                .isNotEqualTo(first);
        assertThat(of(bringing("one").file("META-INF/versions/21/lib/shaded/data.txt", new byte[] {1})))
                .isNotEqualTo(first);
    }

    @Test
    void a_jar_that_is_known_is_not_read_again() throws Exception {
        var jar = built(bringing("one"));
        var first = fingerprints.of(jar, "its hash", LIBRARIES);
        Files.writeString(jar, "nobody looks into it");

        assertThat(fingerprints.of(jar, "its hash", LIBRARIES)).isEqualTo(first);
    }

    private String of(PluginJar jar) throws IOException {
        return fingerprints.of(built(jar), "", LIBRARIES);
    }

    private Path built(PluginJar jar) throws IOException {
        return jar.build(Files.createTempFile(folder, "plugin", ".jar"));
    }

    private static PluginJar bringing(String words) {
        return PluginJar.filter("say", "1.0.0", "return Verdict.pass();")
                .source("lib.shaded.Says", "package lib.shaded; class Says { String it = \"" + words + "\"; }")
                .source("lib.other.deep.Is", "package lib.other.deep; class Is {}");
    }
}
