package io.kefuhub.channel.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonCodecTest implements CodecContract {
    @Override
    public Wire wire() {
        return new JsonWire();
    }

    @Override
    public Object wrongKind() {
        return new byte[] {1};
    }

    @Override
    public List<Object> garbage() {
        return List.of(
                "",
                "hello",
                "[]",
                "null",
                "{",
                "{\"t\":\"ping\"}x",
                "{\"t\":\"ping\"}{}",
                "{\"t\":\"ping\",\"t\":\"pong\"}",
                "{\"t\":7}",
                "{\"id\":1}",
                "{\"t\":\"read\"}",
                "{\"t\":\"read\",\"upTo\":-1}",
                "{\"t\":\"read\",\"upTo\":1.5}",
                "{\"t\":\"read\",\"upTo\":\"4\"}",
                "{\"t\":\"read\",\"upTo\":99999999999999999999999999}",
                "{\"t\":\"send\",\"parts\":[]}",
                "{\"t\":\"send\",\"cid\":\"a\",\"parts\":[null]}",
                "{\"t\":\"send\",\"cid\":\"a\",\"parts\":[\"text\"]}",
                "{\"t\":\"send\",\"cid\":\"a\",\"parts\":[{\"type\":\"text\"}]}",
                "{\"t\":\"typing\",\"on\":1}",
                "{\"t\":\"hello\",\"caps\":\"draft\"}",
                "{\"t\":\"wave\",\"deep\":" + "[".repeat(5000) + "]".repeat(5000) + "}");
    }

    @Test
    void a_hello_may_leave_out_what_it_does_not_know() throws BadFrame {
        assertThat(new JsonCodec().decode("{\"t\":\"hello\",\"conversation\":null}"))
                .isEqualTo(new ClientFrame.Hello(0, Optional.empty(), 0, Set.of()));
    }

    @Test
    void a_part_of_an_unknown_type_is_told_apart_from_a_bad_frame() throws BadFrame {
        assertThat(new JsonCodec().decode("{\"t\":\"send\",\"cid\":\"a\",\"parts\":[{\"type\":\"video\"}]}"))
                .isEqualTo(new ClientFrame.Send(
                        0, "a", List.of(new ClientFrame.SentPart.Unknown("video")), Optional.empty()));
    }
}
