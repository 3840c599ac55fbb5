package io.kefuhub.ai.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private final List<String> events = new ArrayList<>();
    private final EventReader reader = new EventReader(events::add);

    private void lines(String... lines) {
        for (var line : lines) reader.line(line);
    }

    @Test
    void an_event_ends_with_a_blank_line() {
        lines("data: one", "");
        assertThat(events).containsExactly("one");

        lines("data: two");
        assertThat(events).hasSize(1);

        reader.end();
        assertThat(events).containsExactly("one", "two");
    }

    @Test
    void several_lines_of_data_are_one_event() {
        lines("data: {", "data:\"a\": 1", "data: }", "");

        assertThat(events).containsExactly("{\n\"a\": 1\n}");
    }

    @Test
    void only_one_space_behind_the_colon_is_left_out() {
        lines("data:  two", "", "data:none", "");

        assertThat(events).containsExactly(" two", "none");
    }

    @Test
    void comments_and_other_fields_are_no_events() {
        lines(": keep-alive", "", "event: ping", "id: 7", "retry: 10", "", "unknown: 1", "");

        assertThat(events).isEmpty();
    }

    @Test
    void a_return_alone_ends_a_line_too() {
        lines("data: one\rdata: more\r\rdata: two", "");

        assertThat(events).containsExactly("one\nmore", "two");
    }

    @Test
    void a_mark_of_the_byte_order_is_no_part_of_the_first_field() {
        lines("\uFEFFdata: one", "");

        assertThat(events).containsExactly("one");
    }

    @Test
    void data_may_be_empty() {
        lines("data", "", "data:", "");

        assertThat(events).containsExactly("", "");
    }

    @Test
    void tells_lines_of_a_stream_from_others() {
        assertThat(reader.line("data: x")).isTrue();
        assertThat(reader.line(": x")).isTrue();
        assertThat(reader.line("{\"error\": 1}")).isFalse();
        assertThat(reader.line("<html>")).isFalse();
    }
}
