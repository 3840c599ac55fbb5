package io.kefuhub.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretBoxTest {
    @TempDir
    Path folder;

    @Test
    void a_secret_opens_again_after_a_restart_and_never_looks_the_same() {
        var sealed = box().seal("channel/1/token", "秘密");

        assertThat(box().open("channel/1/token", sealed)).isEqualTo("秘密");
        assertThat(box().seal("channel/1/token", "秘密")).isNotEqualTo(sealed);
    }

    @Test
    void a_secret_does_not_open_in_another_place_or_after_a_change() {
        var sealed = box().seal("channel/1/token", "secret");
        var changed = sealed.substring(0, 10) + (sealed.charAt(10) == 'A' ? 'B' : 'A') + sealed.substring(11);

        assertThatExceptionOfType(UnreadableSecretException.class)
                .isThrownBy(() -> box().open("channel/2/token", sealed));
        assertThatExceptionOfType(UnreadableSecretException.class)
                .isThrownBy(() -> box().open("channel/1/token", changed));
        assertThatExceptionOfType(UnreadableSecretException.class).isThrownBy(() -> box().open("channel/1/token", "x"));
        assertThatExceptionOfType(UnreadableSecretException.class)
                .isThrownBy(() -> box().open("channel/1/token", "v1:AAAA"));
    }

    @Test
    void the_key_is_for_the_owner_only() throws IOException {
        box();

        assertThat(Files.getPosixFilePermissions(folder.resolve("data/secret.key")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void a_broken_key_is_told_and_not_replaced() throws IOException {
        box();
        Files.writeString(folder.resolve("data/secret.key"), "short");

        assertThatThrownBy(this::box).isInstanceOf(ConfigException.class).hasMessageContaining("backup");
    }

    @Test
    void a_home_that_cannot_be_made_is_told_by_its_key() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> Home.at(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("KEFUHUB_HOME");
    }

    private SecretBox box() {
        return SecretBox.of(Home.at(folder));
    }
}
