package io.kefuhub.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
    @ParameterizedTest
    @CsvSource({
        "*, api.example.com",
        "*, *.example.com",
        "*, *",
        "api.example.com, API.example.com",
        "api.example.com, api.example.com:443",
        "*.example.com, api.example.com",
        "*.example.com, api.example.com:443",
        "*.example.com, *.api.example.com",
        "::1, [::1]:443"
    })
    void a_wider_entry_covers_a_narrower_one(String wider, String narrower) {
        assertThat(new AllowedHosts(List.of("localhost", wider)).cover(narrower))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, *",
        "*.example.com, *",
        "*.api.example.com, *.example.com",
        "*.example.com, example.com",
        "*.example.com, badexample.com",
        "api.example.com:443, api.example.com",
        "api.example.com:443, api.example.com:8443",
        "api.example.com, example.com"
    })
    void a_narrower_entry_does_not_cover_a_wider_one(String narrower, String wider) {
        assertThat(new AllowedHosts(List.of("localhost", narrower)).cover(wider))
                .isFalse();
    }

    @Test
    void nothing_is_covered_by_an_empty_list() {
        assertThat(AllowedHosts.NONE.cover("api.example.com")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "localhost", "api.Example.com", "*.example.com", "localhost:11434", "::1", "[::1]:443"})
    void an_entry_has_one_of_these_forms(String entry) {
        assertThat(entry).matches(AllowedHosts.ENTRY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "https://example.com", "example.com/path", "a*.example.com", "*.example.com:443", "a..b"})
    void an_entry_has_no_other_form(String entry) {
        assertThat(entry).doesNotMatch(AllowedHosts.ENTRY);
    }
}
