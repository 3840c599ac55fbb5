package io.kefuhub.channel.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Message;
import io.kefuhub.channel.web.frame.ServerFrame;
import io.kefuhub.channel.web.frame.ServerFrame.Event.MessageShown;
import io.kefuhub.channel.web.frame.Wire;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A connection breaks in the middle; on screen and in the store there is everything once and in order. */
interface ResumeContract {
    Wire wire();

    @Test
    default void the_worked_example() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            var conversation = fortyOne(world, anna);
            var before = anna.resumes(0).until(41);
            before.breaks();
            world.context.conversations().agentSays(conversation, "小李", "在的"); // 42
            committedWithoutAnAnswer(anna, "a1", "A"); // 43

            var after = anna.connects();
            after.hello(Optional.of(conversation), 41);
            after.until(43);
            var id = after.send("b1", "B");
            var ok = after.hears(ServerFrame.Ok.class, frame -> frame.id() == id);
            after.until(44);

            var welcome = after.hears(ServerFrame.Welcome.class);
            assertThat(welcome.from()).isEqualTo(42);
            assertThat(welcome.lastSeq()).isEqualTo(43);
            assertThat(after.heard().getFirst()).isSameAs(welcome);
            assertThat(ok.seq()).isEqualTo(44);
            assertThat(after.seqs()).containsExactly(42L, 43L, 44L);
            assertThat(cids(after)).containsExactly("", "a1", "b1");
            assertThat(said(world)).endsWith("A", "B").doesNotHaveDuplicates();
        }
    }

    @Test
    default void a_message_sent_again_in_spite_of_its_event_gets_the_first_answer() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            fortyOne(world, anna);
            committedWithoutAnAnswer(anna, "a1", "A"); // 42

            var line = anna.resumes(41).until(42);
            line.send("a1", "A");
            var ok = line.hears(ServerFrame.Ok.class);

            assertThat(ok.seq()).isEqualTo(42);
            assertThat(said(world)).containsOnlyOnce("A");
        }
    }

    @Test
    default void two_tabs_see_the_same() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            var first = anna.resumes(0);
            var second = anna.resumes(0);

            first.send("a1", "A");
            second.until(1).send("b1", "B");
            first.until(2);
            second.until(2);

            assertThat(first.seqs()).containsExactly(1L, 2L);
            assertThat(second.seqs()).containsExactly(1L, 2L);
            assertThat(cids(first)).containsExactly("a1", "b1");
        }
    }

    @Test
    default void a_hub_that_was_killed_between_commit_and_answer_loses_and_doubles_nothing() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            anna.resumes(0).send("a1", "A");
            world.kill();

            var line = anna.resumes(0).until(1);
            line.send("a1", "A");
            line.send("b1", "B");
            line.until(2);

            assertThat(line.hears(ServerFrame.Ok.class).seq()).isEqualTo(1);
            assertThat(said(world)).containsExactly("A", "B");
        }
    }

    @Test
    default void the_first_message_sent_twice_opens_one_conversation() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            var line = anna.resumes(0);
            line.send("a1", "A");
            line.send("a1", "A");
            line.until(1);

            var oks = line.heard().stream()
                    .filter(ServerFrame.Ok.class::isInstance)
                    .map(ServerFrame.Ok.class::cast)
                    .toList();
            assertThat(oks).hasSize(2);
            assertThat(oks.get(0).conversation()).isEqualTo(oks.get(1).conversation());
            assertThat(oks.get(0).messageId()).isEqualTo(oks.get(1).messageId());
            assertThat(line.seqs()).containsExactly(1L);
        }
    }

    @Test
    default void a_gap_of_five_hundred_is_replayed_and_one_more_is_a_reset() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            var conversation = open(anna);
            IntStream.range(0, 500).forEach(n -> world.context.conversations().botSays(conversation, "n" + n));

            var replayed = anna.resumes(1).until(501);
            var reset = anna.resumes(0);

            assertThat(replayed.seqs())
                    .isEqualTo(LongStream.rangeClosed(2, 501).boxed().toList());
            assertThat(reset.hears(ServerFrame.Reset.class).lastSeq()).isEqualTo(501);
            world.context.conversations().botSays(conversation, "live");
            assertThat(reset.until(502).seqs()).containsExactly(502L);
        }
    }

    @Test
    default void a_client_that_knows_more_than_the_hub_starts_afresh() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            open(anna);

            assertThat(anna.resumes(99).hears(ServerFrame.Reset.class).lastSeq())
                    .isEqualTo(1);
        }
    }

    @Test
    default void everything_said_while_a_client_comes_up_arrives_once() throws InterruptedException {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            var conversation = open(anna);
            var writer = Thread.ofVirtual()
                    .start(() -> IntStream.range(0, 300)
                            .forEach(n -> world.context.conversations().botSays(conversation, "n" + n)));
            var lines = List.of(anna.resumes(0), anna.resumes(0), anna.resumes(1));
            writer.join();

            for (var line : lines) line.until(301);
            assertThat(lines.get(0).seqs())
                    .isEqualTo(LongStream.rangeClosed(1, 301).boxed().toList());
            assertThat(lines.get(2).seqs())
                    .isEqualTo(LongStream.rangeClosed(2, 301).boxed().toList());
        }
    }

    private static String fortyOne(World world, Browser anna) {
        var conversation = open(anna);
        IntStream.range(1, 41).forEach(n -> world.context.conversations().botSays(conversation, "n" + n));
        return conversation;
    }

    private static String open(Browser anna) {
        var line = anna.resumes(0);
        line.send("first", "你好");
        var conversation = line.hears(ServerFrame.Ok.class).conversation();
        line.breaks();
        return conversation;
    }

    private static void committedWithoutAnAnswer(Browser anna, String cid, String text) {
        var line = anna.resumes(41);
        line.send(cid, text);
        line.breaks();
    }

    private static List<String> said(World world) {
        return world.context.conversations().incoming().stream()
                .map(Incoming::parts)
                .map(parts -> new Message(parts).text())
                .toList();
    }

    private static List<String> cids(Line line) {
        return line.heard().stream()
                .filter(MessageShown.class::isInstance)
                .map(frame -> ((MessageShown) frame).message().cid())
                .toList();
    }
}
