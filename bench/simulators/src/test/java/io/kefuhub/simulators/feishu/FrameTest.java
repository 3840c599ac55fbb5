package io.kefuhub.simulators.feishu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FrameTest {
    static List<JsonNode> frames() {
        return Vectors.of("frames");
    }

    @ParameterizedTest
    @MethodSource("frames")
    void is_written_as_the_official_client_writes_it(JsonNode vector) {
        assertThat(HexFormat.of().formatHex(frame(vector).encoded()))
                .isEqualTo(vector.path("hex").asText());
    }

    @ParameterizedTest
    @MethodSource("frames")
    void is_read_as_the_official_client_wrote_it(JsonNode vector) {
        var read = Frame.decoded(HexFormat.of().parseHex(vector.path("hex").asText()));

        assertThat(read).usingRecursiveComparison().isEqualTo(frame(vector));
    }

    @Test
    void fields_of_a_later_version_are_passed_over() {
        var wire = frame(frames().get(1)).encoded();
        // LogIDNew, and a field that nobody knows yet.
        var longer = Arrays.copyOf(wire, wire.length + 6);
        System.arraycopy(new byte[] {0x4a, 0x01, 'x', 0x78, (byte) 0x96, 0x01}, 0, longer, wire.length, 6);

        assertThat(Frame.decoded(longer).header("message_id")).isEqualTo("m-1");
    }

    @Test
    void numbers_may_be_as_large_as_they_get() {
        var frame = new Frame(-1, Long.MAX_VALUE, Integer.MAX_VALUE, Frame.DATA, Map.of(), new byte[0]);

        assertThat(Frame.decoded(frame.encoded())).usingRecursiveComparison().isEqualTo(frame);
    }

    @Test
    void what_is_cut_short_or_lacks_a_field_is_refused() {
        var wire = frame(frames().get(1)).encoded();

        for (var length = 0; length < wire.length; length++) {
            var cut = Arrays.copyOf(wire, length);
            // A cut between two fields is a smaller frame, once all that is required has come.
            if (length >= 11 && wholeFields(wire).contains(length)) continue;
            assertThatThrownBy(() -> Frame.decoded(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<Integer> wholeFields(byte[] wire) {
        var ends = new ArrayList<Integer>();
        var at = 11;
        ends.add(at);
        while (at < wire.length) {
            at += 2 + wire[at + 1];
            ends.add(at);
        }
        return ends;
    }

    private static Frame frame(JsonNode vector) {
        var headers = new LinkedHashMap<String, String>();
        vector.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new Frame(
                vector.path("seqId").asLong(),
                vector.path("logId").asLong(),
                vector.path("service").asInt(),
                vector.path("method").asInt(),
                headers,
                vector.path("payload").asText().getBytes(UTF_8));
    }
}
