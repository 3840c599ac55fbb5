package io.kefuhub.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HubConfigTest {
    @Test
    void nothing_has_to_be_set() {
        var config = HubConfig.from(Map.of());

        assertThat(config.home()).isEqualTo(Path.of(".kefuhub").toAbsolutePath());
        assertThat(config.listen()).isEqualTo(new HubConfig.Listen("127.0.0.1", 8080));
        assertThat(config.publicUrl()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(config.database()).isEmpty();
        assertThat(config.demo()).isFalse();
        assertThat(config.signedPluginsOnly()).isFalse();
        assertThat(config.pluginBuild()).isEmpty();
        assertThat(config.behindProxy()).isFalse();
        assertThat(config.metricsToken()).isEmpty();
        assertThat(config.filterDeadline()).isEmpty();
    }

    @Test
    void everything_can_be_set() {
        var config = HubConfig.from(Map.ofEntries(
                Map.entry("KEFUHUB_HOME", "/srv/hub"),
                Map.entry("KEFUHUB_HOST", "0.0.0.0"),
                Map.entry("KEFUHUB_PORT", "9000"),
                Map.entry("KEFUHUB_PUBLIC_URL", "https://help.example.com/"),
                Map.entry("KEFUHUB_DB_URL", "jdbc:postgresql://db:5432/hub"),
                Map.entry("KEFUHUB_DB_USER", "anna"),
                Map.entry("KEFUHUB_DB_PASSWORD", "pass word"),
                Map.entry("KEFUHUB_DEMO", "true"),
                Map.entry("KEFUHUB_PLUGINS_REQUIRE_SIGNED", "true"),
                Map.entry("KEFUHUB_PLUGINS_DEV", "/src/shipping/target"),
                Map.entry("KEFUHUB_BEHIND_PROXY", "yes"),
                Map.entry("KEFUHUB_METRICS_TOKEN", "token-of-16-signs"),
                Map.entry("KEFUHUB_FILTER_DEADLINE", "2s")));

        assertThat(config.home()).isEqualTo(Path.of("/srv/hub"));
        assertThat(config.listen()).isEqualTo(new HubConfig.Listen("0.0.0.0", 9000));
        assertThat(config.publicUrl()).isEqualTo(URI.create("https://help.example.com"));
        assertThat(config.database())
                .contains(new DatabaseServer("jdbc:postgresql://db:5432/hub", "anna", "pass word"));
        assertThat(config.demo()).isTrue();
        assertThat(config.signedPluginsOnly()).isTrue();
        assertThat(config.pluginBuild()).contains(Path.of("/src/shipping/target"));
        assertThat(config.behindProxy()).isTrue();
        assertThat(config.metricsToken()).contains(new MetricsToken("token-of-16-signs"));
        assertThat(config.filterDeadline()).contains(Duration.ofSeconds(2));
    }

    @Test
    void a_database_url_as_hosters_write_it_is_understood() {
        var config =
                HubConfig.from(Map.of("KEFUHUB_DB_URL", "postgres://anna:p%40ss+1@db.example.com/hub?sslmode=require"));

        assertThat(config.database())
                .contains(new DatabaseServer("jdbc:postgresql://db.example.com/hub?sslmode=require", "anna", "p@ss+1"));
    }

    @Test
    void a_password_may_come_from_a_file(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("password"), "from file\n");

        var config = HubConfig.from(
                Map.of("KEFUHUB_DB_URL", "jdbc:postgresql://db/hub", "KEFUHUB_DB_PASSWORD_FILE", file.toString()));

        assertThat(config.database().orElseThrow().password()).isEqualTo("from file");
    }

    @Test
    void a_metrics_token_may_come_from_a_file(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("token"), "fR0m-a-file.0123456789\n");

        var config = HubConfig.from(Map.of("KEFUHUB_METRICS_TOKEN_FILE", file.toString()));

        assertThat(config.metricsToken()).contains(new MetricsToken("fR0m-a-file.0123456789"));
    }

    @ParameterizedTest
    @CsvSource({
        "KEFUHUB_PORT, eighty",
        "KEFUHUB_PORT, 65536",
        "KEFUHUB_PUBLIC_URL, chat.shop.test",
        "KEFUHUB_PUBLIC_URL, https://help.example.com?x=1",
        "KEFUHUB_DB_URL, mysql://secret@host/db",
        "KEFUHUB_DB_URL, postgres://us er:secret@host/db",
        "KEFUHUB_DEMO, maybe",
        "KEFUHUB_BEHIND_PROXY, nginx",
        "KEFUHUB_METRICS_TOKEN, short-of-length",
        "KEFUHUB_METRICS_TOKEN, with spaces in between",
    })
    void a_wrong_value_is_refused_by_its_key_and_not_repeated(String key, String value) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> HubConfig.from(Map.of(key, value)))
                .satisfies(e -> {
                    assertThat(e.key()).isEqualTo(key);
                    assertThat(e).hasMessageStartingWith(key + ": must be").hasMessageNotContaining(value);
                });
    }

    @Test
    void secrets_are_not_in_what_is_printed() {
        var config = HubConfig.from(Map.of(
                "KEFUHUB_DB_URL", "jdbc:postgresql://db/hub?password=s3cret",
                "KEFUHUB_DB_PASSWORD", "s3cret",
                "KEFUHUB_METRICS_TOKEN", "s3cret-s3cret-s3cret"));

        assertThat(config.toString()).doesNotContain("s3cret");
    }
}
