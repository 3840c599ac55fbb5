package io.kefuhub.filter.words.writing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The tables in the jar are what Unicode's data says. */
class WrittenTablesTest {
    @Test
    void traditional_characters_are_written_as_in_unicodes_data() throws IOException {
        assertThat(resource("simplified.txt")).isEqualTo(WrittenTables.simplified());
    }

    @Test
    void syllables_are_those_of_unicodes_data() throws IOException {
        assertThat(resource("syllables.txt")).isEqualTo(WrittenTables.syllables());
    }

    private static String resource(String name) throws IOException {
        try (var in = Signs.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
