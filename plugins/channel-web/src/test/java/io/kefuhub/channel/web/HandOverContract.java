package io.kefuhub.channel.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.channel.web.frame.ServerFrame;
import io.kefuhub.channel.web.frame.Wire;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Open sockets live through a replacement of the channel: the browser notices nothing. */
interface HandOverContract {
    Wire wire();

    @Test
    default void a_socket_goes_on_in_its_conversation_without_a_gap() {
        try (var world = new World()) {
            var anna = new Browser(world, wire()).connects();
            anna.hello(Optional.empty(), 0);
            anna.send("a1", "before");
            var conversation = anna.hears(ServerFrame.Ok.class).conversation();
            anna.until(1);

            world.swap(Map.of(), anna);
            world.context.conversations().agentSays(conversation, "小李", "after");
            anna.until(2);
            var id = anna.send("a2", "and on");
            var ok = anna.hears(ServerFrame.Ok.class, frame -> frame.id() == id);
            anna.until(3);

            assertThat(ok.seq()).isEqualTo(3);
            assertThat(anna.isOpen()).isTrue();
            assertThat(anna.seqs()).containsExactly(1L, 2L, 3L);
            assertThat(anna.heard()).noneMatch(ServerFrame.Bye.class::isInstance);
            assertThat(world.context.conversations().followers(conversation)).isEqualTo(1);
        }
    }

    @Test
    default void what_is_said_while_a_socket_moves_comes_once_and_in_order() throws Exception {
        try (var world = new World()) {
            var anna = new Browser(world, wire()).connects();
            anna.hello(Optional.empty(), 0);
            anna.send("a1", "hello");
            var conversation = anna.hears(ServerFrame.Ok.class).conversation();
            var talking = Thread.ofVirtual().start(() -> {
                for (var i = 0; i < 300; i++) {
                    world.context.conversations().agentSays(conversation, "小李", "word " + i);
                    Thread.yield();
                }
            });

            for (var i = 0; i < 20; i++) {
                world.swap(Map.of(), anna);
                Thread.yield();
            }
            talking.join();
            anna.until(301);

            assertThat(anna.seqs())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 301).boxed().toList());
        }
    }

    @Test
    default void a_visitor_who_has_said_nothing_yet_keeps_their_place_and_their_name() {
        try (var world = new World()) {
            var browser = new Browser(world, wire());
            var anna = browser.connects();
            anna.hello(Optional.empty(), 0);
            anna.hears(ServerFrame.Welcome.class);

            world.swap(Map.of(), anna);
            anna.send("a1", "first words");
            anna.hears(ServerFrame.Ok.class);
            anna.until(1);

            // The same browser, known to the next generation though nothing was kept before.
            var again = browser.connects();
            again.hello(Optional.empty(), 0);
            assertThat(again.until(1).seqs()).containsExactly(1L);
        }
    }

    @Test
    default void who_is_inside_stays_when_the_house_is_made_smaller_and_nobody_else_is_let_in() {
        try (var world = new World()) {
            var anna = new Browser(world, wire()).connects();
            var bert = new Browser(world, wire()).connects();
            anna.hello(Optional.empty(), 0);
            bert.hello(Optional.empty(), 0);

            world.swap(Map.of("connections", "1"), anna, bert);

            assertThat(anna.isOpen()).isTrue();
            assertThat(bert.isOpen()).isTrue();
            assertThat(new Browser(world, wire()).isLetIn()).isFalse();
            anna.breaks();
            assertThat(new Browser(world, wire()).isLetIn()).isFalse();
            bert.breaks();
            assertThat(new Browser(world, wire()).isLetIn()).isTrue();
        }
    }

    @Test
    default void a_socket_before_its_hello_is_not_given_more_time() {
        try (var world = new World()) {
            var anna = new Browser(world, wire()).connects();

            world.swap(Map.of(), anna);
            world.context.clock().move(Duration.ofSeconds(5));

            assertThat(anna.closeCode()).isEqualTo(4000);
        }
    }
}
