package io.kefuhub.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.kit.FakeSocket;
import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServedSocketTest {
    private final Guard guard = new Guard();
    private final Slot<Channel> slot = Slot.of(Kind.CHANNEL, "wk", new SilentChannel());
    private final FakeSocket socket = new FakeSocket();

    @AfterEach
    void end() {
        guard.close();
    }

    @Test
    void a_socket_that_opens_after_its_generation_has_ended_is_sent_to_the_next_one() throws Exception {
        var opening = served(new Handler(false));
        guard.close(slot, Duration.ofSeconds(5));

        opening.onOpen(socket);

        assertThat(socket.closeCode()).isEqualTo(1001);
    }

    @Test
    void a_socket_whose_handler_fails_at_its_opening_is_not_left_hanging() {
        served(new Handler(true)).onOpen(socket);

        assertThat(socket.closeCode()).isEqualTo(1011);
    }

    @Test
    void a_socket_that_is_taken_stays_open() {
        served(new Handler(false)).onOpen(socket);

        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void an_open_socket_goes_on_with_the_next_generation_and_its_other_side_notices_nothing() {
        var first = new Giving("where it stands");
        var next = new Taking();
        var moving = served(first);
        moving.onOpen(socket);
        moving.onText("one");

        moving.move(slot, slot(next));
        moving.onText("two");
        first.socket.sendText("a late word of the one before");
        next.socket.sendText("hello from the next");

        assertThat(first.heard).containsExactly("one");
        assertThat(next.state).isEqualTo("where it stands in chat.1");
        assertThat(next.handler.heard).containsExactly("two");
        assertThat(socket.texts()).containsExactly("hello from the next");
        assertThat(socket.isOpen()).isTrue();
        moving.onClose(1000);
        assertThat(first.closed).isZero();
        assertThat(next.handler.closed).isEqualTo(1000);
    }

    @Test
    void a_socket_that_is_not_given_up_stays_with_the_generation_before() {
        var first = new Handler(false);
        var moving = served(first);
        moving.onOpen(socket);

        moving.move(slot, slot(new Taking()));

        assertThat(socket.isOpen()).isTrue();
        assertThat(socket.closeCode()).isZero();
    }

    @Test
    void a_socket_that_the_next_generation_cannot_go_on_with_is_told_to_come_back() {
        var moving = served(new Giving("unreadable"));
        moving.onOpen(socket);

        moving.move(slot, slot(new SilentChannel()));

        assertThat(socket.closeCode()).isEqualTo(1012);
    }

    @Test
    void the_sockets_of_an_instance_move_together_and_those_that_are_gone_do_not() {
        var sockets = new ServedSockets(guard);
        var gone = new Giving("gone");
        var stays = new Giving("stays");
        var next = new Taking();
        var first = sockets.hold(slot, new Upgrade.Opened("chat.1", new Upgrade.Limits(1, 1), gone));
        var second = sockets.hold(slot, new Upgrade.Opened("chat.1", new Upgrade.Limits(1, 1), stays));
        first.onOpen(new FakeSocket());
        second.onOpen(socket);
        first.onClose(1000);

        sockets.move(slot, slot(next));

        assertThat(next.state).isEqualTo("stays in chat.1");
        second.onText("still here");
        assertThat(next.handler.heard).containsExactly("still here");
    }

    @Test
    void sockets_that_wait_for_their_turn_are_served_by_the_generation_before() throws Exception {
        var sockets = new ServedSockets(guard);
        var first = new Giving("stands");
        var open = new ArrayList<SocketHandler>();
        for (var i = 0; i < 10; i++) {
            var one = sockets.hold(slot, opened(first));
            one.onOpen(new FakeSocket());
            open.add(one);
        }
        var next = new Taking();
        var heardMeanwhile = new ArrayList<Integer>();
        next.whileTaking = () -> {
            // One of them is on its way, by this very call; the others must not wait for it.
            if (heardMeanwhile.isEmpty()) heardMeanwhile.add(heardOf(open, first));
        };

        sockets.move(slot, slot(next));

        assertThat(heardMeanwhile).containsExactly(9);
        open.forEach(one -> one.onText("after"));
        // Those ten, and what waited for the one that was on its way.
        Eventually.holds(() -> next.handler.heard.size() == 11);
    }

    @Test
    void a_socket_that_comes_to_the_generation_before_while_others_move_goes_along() {
        var sockets = new ServedSockets(guard);
        var late = new Giving("late");
        var next = new Taking();
        sockets.hold(slot, opened(new Giving("early"))).onOpen(new FakeSocket());
        var came = new ArrayList<SocketHandler>();
        next.whileTaking = () -> {
            if (!came.isEmpty()) return;
            came.add(sockets.hold(slot, opened(late)));
            came.getFirst().onOpen(new FakeSocket());
        };

        sockets.move(slot, slot(next));

        came.getFirst().onText("hello");
        assertThat(late.heard).isEmpty();
        assertThat(next.handler.heard).containsExactly("hello");
    }

    /** Says something on each socket, on threads of their own, and returns how many of them were heard. */
    private static int heardOf(List<SocketHandler> open, Giving handler) {
        for (var one : open) Thread.ofVirtual().start(() -> one.onText("meanwhile"));
        Eventually.holds(() -> handler.heard.size() >= open.size() - 1);
        return handler.heard.size();
    }

    private static Upgrade.Opened opened(SocketHandler handler) {
        return new Upgrade.Opened("chat.1", new Upgrade.Limits(1, 1), handler);
    }

    private ServedSocket served(SocketHandler handler) {
        return new ServedSocket(guard, slot, "chat.1", handler, _ -> {});
    }

    private static Slot<Channel> slot(Channel channel) {
        return Slot.of(Kind.CHANNEL, "wk", channel);
    }

    /** Gives its socket up. */
    private static final class Giving implements SocketHandler {
        private final String state;
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private LiveSocket socket = new FakeSocket();
        private int closed;

        Giving(String state) {
            this.state = state;
        }

        @Override
        public void onOpen(LiveSocket opened) {
            socket = opened;
        }

        @Override
        public void onText(String text) {
            heard.add(text);
        }

        @Override
        public void onBinary(byte[] bytes) {}

        @Override
        public Optional<String> handOver() {
            return Optional.of(state);
        }

        @Override
        public void onClose(int code) {
            closed = code;
        }
    }

    /** Goes on with whatever it is given. */
    private static final class Taking implements Channel {
        private final Giving handler = new Giving("again");
        private String state = "";
        private LiveSocket socket = new FakeSocket();
        private Runnable whileTaking = () -> {};

        @Override
        public Abilities abilities() {
            return Abilities.pushed(100);
        }

        @Override
        public Delivered deliver(Delivery delivery) {
            return new Delivered.Done("");
        }

        @Override
        public Optional<SocketHandler> takeOver(LiveSocket open, String subprotocol, String given) {
            whileTaking.run();
            socket = open;
            state = given + " in " + subprotocol;
            return Optional.of(handler);
        }
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
