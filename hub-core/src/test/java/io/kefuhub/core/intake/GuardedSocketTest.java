package io.kefuhub.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.kit.FakeSocket;
import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedSocketTest {
    private final Guard guard = new Guard();
    private final Slot<Channel> slot = Slot.of(Kind.CHANNEL, "wk", new SilentChannel());
    private final FakeSocket socket = new FakeSocket();

    @AfterEach
    void end() {
        guard.close();
    }

    @Test
    void a_socket_that_opens_after_its_generation_has_ended_is_sent_to_the_next_one() throws Exception {
        var opening = new GuardedSocket(guard, slot, new Handler(false));
        guard.close(slot, Duration.ofSeconds(5));

        opening.onOpen(socket);

        assertThat(socket.closeCode()).isEqualTo(1001);
    }

    @Test
    void a_socket_whose_handler_fails_at_its_opening_is_not_left_hanging() {
        new GuardedSocket(guard, slot, new Handler(true)).onOpen(socket);

        assertThat(socket.closeCode()).isEqualTo(1011);
    }

    @Test
    void a_socket_that_is_taken_stays_open() {
        new GuardedSocket(guard, slot, new Handler(false)).onOpen(socket);

        assertThat(socket.isOpen()).isTrue();
    }

    private record Handler(boolean fails) implements SocketHandler {
        @Override
        public void onOpen(LiveSocket socket) {
            if (fails) throw new IllegalStateException("a defect");
        }

        @Override
        public void onText(String text) {}

        @Override
        public void onBinary(byte[] bytes) {}

        @Override
        public void onClose(int code) {}
    }
}
