package io.kefuhub.channel.feishu.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.channel.feishu.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameCodecTest {
    static List<JsonObject> frames() {
        return Vectors.feishu().objects("frames");
    }

    @ParameterizedTest
    @MethodSource("frames")
    void reads_and_writes_the_platforms_bytes(JsonObject vector) {
        var bytes = HexFormat.of().parseHex(vector.text("hex", ""));

        var frame = FrameCodec.read(bytes).orElseThrow();

        assertThat(String.valueOf(frame.sequence())).isEqualTo(vector.text("seqId", ""));
        assertThat(String.valueOf(frame.logId())).isEqualTo(vector.text("logId", ""));
        assertThat(String.valueOf(frame.service())).isEqualTo(vector.text("service", ""));
        assertThat(String.valueOf(frame.method())).isEqualTo(vector.text("method", ""));
        vector.object("headers")
                .orElseThrow()
                .members()
                .forEach((key, value) -> assertThat(frame.header(key)).contains(String.valueOf(value)));
        assertThat(new String(frame.payload(), StandardCharsets.UTF_8)).isEqualTo(vector.text("payload", ""));
        assertThat(FrameCodec.write(frame)).isEqualTo(bytes);
    }

    @Test
    void makes_the_platforms_ping_and_the_answer_to_its_event() {
        assertThat(hex(Frame.ping(33554678))).isEqualTo(named("ping"));

        var event = FrameCodec.read(HexFormat.of().parseHex(named("data"))).orElseThrow();
        var answer = event.answered(12, "{\"code\":200}".getBytes(StandardCharsets.UTF_8));
        assertThat(hex(answer)).isEqualTo(named("ack"));
    }

    @Test
    void reads_no_frame_from_what_is_cut_off_or_lacks_a_required_field() {
        var bytes = HexFormat.of().parseHex(named("data"));

        for (var length = 0; length < 11; length++) {
            assertThat(FrameCodec.read(Arrays.copyOf(bytes, length)))
                    .as("%s bytes", length)
                    .isEmpty();
        }
        assertThat(FrameCodec.read(Arrays.copyOf(bytes, bytes.length - 1))).isEmpty();
        assertThat(FrameCodec.read(HexFormat.of().parseHex("0affffffff7f"))).isEmpty();
    }

    @Test
    void passes_over_fields_that_it_does_not_know() {
        var bytes =
                HexFormat.of().parseHex(named("ping") + "5005" + "5a0161" + "61" + "0000000000000000" + "6d00000000");

        assertThat(FrameCodec.read(bytes)).isPresent();
    }

    private static String named(String name) {
        return frames().stream()
                .filter(one -> one.text("name", "").equals(name))
                .findFirst()
                .orElseThrow()
                .text("hex", "");
    }

    private static String hex(Frame frame) {
        return HexFormat.of().formatHex(FrameCodec.write(frame));
    }
}
