package io.kefuhub.channel.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtoCodecTest implements CodecContract {
    @Override
    public Wire wire() {
        return new ProtoWire();
    }

    @Override
    public Object wrongKind() {
        return "{\"t\":\"ping\"}";
    }

    @Override
    public List<Object> garbage() {
        return List.of(
                "hello".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff},
                // A length that reaches beyond the end.
                new byte[] {0x12, 0x7f, 0x01},
                // Text that is not UTF-8.
                new byte[] {0x1a, 0x03, 0x0a, 0x01, (byte) 0xff},
                // A send without a cid.
                new byte[] {0x1a, 0x00},
                // A read mark of more than 2^53.
                new byte[] {
                    0x22,
                    0x0b,
                    0x08,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    0x01
                });
    }

    @Test
    void the_published_file_is_packed() throws Exception {
        try (var file = ProtoCodec.class.getResourceAsStream("/widget/app/hub_widget.proto")) {
            assertThat(file).asString(StandardCharsets.UTF_8).contains("message Frame", "oneof body");
        }
    }
}
