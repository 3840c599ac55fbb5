package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Files.Kept;
import io.kefuhub.api.Http;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Contacts.Merged;
import io.kefuhub.api.channel.Inbox.Accepted;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.channel.TimelineEvent;
import io.kefuhub.api.message.Author;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeChannelContext context = new FakeChannelContext("wk_demo");

    @AfterEach
    void end() {
        context.close();
    }

    @Test
    void a_repeated_message_is_stored_once_and_gets_the_first_answer() {
        var first = accept("a1", "visitor", "hello");

        var again = accept("a1", "visitor", "hello");

        assertThat(again)
                .isEqualTo(
                        new Accepted.Stored(first.messageId(), first.conversationId(), first.seq(), first.at(), true));
        assertThat(context.conversations().incoming()).hasSize(1);
    }

    @Test
    void a_socket_that_a_plugin_opens_is_played_from_its_other_side() throws Exception {
        var http = new FakeHttp();
        var heard = new ArrayList<String>();

        var socket = http.connect(URI.create("wss://platform.example/ws"), Map.of("X-Key", "k"), new Heard(heard));
        var other = http.awaitSocket();
        assertThat(socket.send(new byte[] {1, 2})).isTrue();
        assertThat(socket.send("hello")).isTrue();
        other.say(new byte[] {3});
        other.say("welcome");
        other.drop(1006, "cut");
        other.say("too late");

        assertThat(other.headers()).containsEntry("X-Key", "k");
        assertThat(other.binaries()).containsExactly(new byte[] {1, 2});
        assertThat(other.texts()).containsExactly("hello");
        assertThat(heard).containsExactly("1 bytes", "welcome", "closed 1006");
        assertThat(socket.send("more")).isFalse();
    }

    private record Heard(List<String> words) implements Http.SocketListener {
        @Override
        public void onText(String text) {
            words.add(text);
        }

        @Override
        public void onBinary(byte[] bytes) {
            words.add(bytes.length + " bytes");
        }

        @Override
        public void onClosed(int code, String reason) {
            words.add("closed " + code);
        }
    }

    @Test
    void sequence_numbers_have_no_gaps_and_the_timeline_gives_them_in_order() {
        var id = accept("a1", "visitor", "hello").conversationId();
        var conversations = context.conversations();
        conversations.botSays(id, "hi");
        conversations.change(id, Timeline.State.WAITING_FOR_AGENT, "");
        conversations.agentReads(id, 1);

        assertThat(context.timeline().after(id, 0, 500))
                .extracting(TimelineEvent::seq)
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(context.timeline().before(id, 4, 2))
                .extracting(TimelineEvent::seq)
                .containsExactly(2L, 3L);
        assertThat(context.timeline().find("visitor")).get().satisfies(thread -> {
            assertThat(thread.state()).isEqualTo(Timeline.State.WAITING_FOR_AGENT);
            assertThat(thread.unread()).isEqualTo(1);
        });
    }

    @Test
    void a_follower_is_told_until_it_leaves() {
        var id = accept("a1", "visitor", "hello").conversationId();
        var told = new CopyOnWriteArrayList<String>();
        var subscription = context.timeline().follow(id, new Timeline.Follower() {
            @Override
            public void advanced(long lastSeq) {
                told.add("seq " + lastSeq);
            }

            @Override
            public void typing(String agentName, boolean on) {
                told.add(agentName + " types");
            }

            @Override
            public void draft(String answerId, String text) {
                told.add("draft " + text);
            }
        });

        context.conversations().agentTypes(id, "Li", true);
        context.conversations().botDrafts(id, "a_1", "You can");
        context.conversations().botAnswers(id, "a_1", "You can return it.");
        context.conversations().settle();
        subscription.close();
        context.conversations().botSays(id, "unheard");
        context.conversations().settle();

        assertThat(told).containsExactly("Li types", "draft You can", "seq 2");
    }

    @Test
    void the_read_mark_only_grows() {
        accept("a1", "visitor", "hello");
        accept("a2", "visitor", "again");

        context.inbox().read("visitor", 2);
        context.inbox().read("visitor", 1);
        context.inbox().read("visitor", 900);

        assertThat(context.timeline().find("visitor").orElseThrow().customerReadSeq())
                .isEqualTo(2);
    }

    @Test
    void an_anonymous_conversation_moves_once() {
        accept("a1", "visitor", "hello");
        var customer = new Contact("user-42", true, "Anna", Map.of());

        assertThat(context.contacts().merge("visitor", "user-42", customer)).isEqualTo(Merged.MOVED);
        assertThat(context.contacts().merge("visitor", "user-42", customer)).isEqualTo(Merged.MOVED);

        assertThat(context.timeline().find("visitor")).isEmpty();
        assertThat(context.timeline().find("user-42")).isPresent();
    }

    @Test
    void a_visitors_conversation_is_closed_where_the_customer_has_one() {
        accept("a1", "visitor", "hello");
        accept("b1", "user-42", "earlier");

        var merged = context.contacts().merge("visitor", "user-42", new Contact("user-42", true, "", Map.of()));

        assertThat(merged).isEqualTo(Merged.KEPT_APART);
        assertThat(context.timeline().find("visitor").orElseThrow().state()).isEqualTo(Timeline.State.CLOSED);
    }

    @Test
    void what_has_expired_is_absent_from_the_store() {
        var store = context.store();
        store.put("ticket", "t", HOUR);

        assertThat(store.putIfAbsent("ticket", "u", HOUR)).isFalse();
        assertThat(store.compareAndSet("ticket", "t", "v", HOUR)).isTrue();
        context.clock().move(HOUR);

        assertThat(store.get("ticket")).isEmpty();
        assertThat(store.remove("ticket")).isEmpty();
        assertThat(store.putIfAbsent("ticket", "w", HOUR)).isTrue();
    }

    @Test
    void timers_follow_the_clock() {
        var fired = new ArrayList<String>();
        context.tasks().after(HOUR, () -> fired.add("once"));
        var repeated = context.tasks().every(Duration.ofMinutes(25), () -> fired.add("again"));

        context.clock().move(HOUR);
        repeated.cancel();
        context.clock().move(HOUR);

        assertThat(fired).containsExactly("again", "again", "once");
        assertThat(context.tasks().underWay()).isZero();
    }

    @Test
    void files_are_judged_by_content_and_size() {
        var files = context.files();

        assertThat(files.keep("../../etc/note.txt", bytes("hello"), 10))
                .isInstanceOfSatisfying(Kept.Stored.class, kept -> {
                    assertThat(kept.file().name()).isEqualTo("note.txt");
                    assertThat(files.open(kept.file().id())).isPresent();
                });
        assertThat(files.keep("a.png", bytes("<svg onload=x>"), 100)).isInstanceOf(Kept.NotAllowed.class);
        assertThat(files.keep("a.txt", bytes("eleven bytes"), 11)).isInstanceOf(Kept.TooLarge.class);
    }

    @Test
    void a_large_file_is_kept_whole_and_refused_above_the_limit() throws IOException {
        var files = context.files();
        var film = new LargeFile(16L << 20);

        var kept = files.keep("film.mp4", film.open(), film.size());

        assertThat(kept).isInstanceOfSatisfying(Kept.Stored.class, stored -> {
            assertThat(stored.file().size()).isEqualTo(film.size());
            assertThat(stored.file().mime()).isEqualTo("video/mp4");
        });
        try (var content = files.open(((Kept.Stored) kept).file().id()).orElseThrow()) {
            assertThat(content.transferTo(OutputStream.nullOutputStream())).isEqualTo(film.size());
        }
        assertThat(files.keep("film.mp4", film.open(), film.size() - 1)).isInstanceOf(Kept.TooLarge.class);
    }

    @Test
    void a_restart_ends_tasks_and_keeps_what_was_stored() {
        var fired = new AtomicInteger();
        context.tasks().every(HOUR, fired::incrementAndGet);
        context.store().put("key", "value", HOUR.multipliedBy(3));
        context.inbox().listening();

        context.restart();
        context.clock().move(HOUR.multipliedBy(2));

        assertThat(fired).hasValue(0);
        assertThat(context.tasks().underWay()).isZero();
        assertThat(context.store().get("key")).contains("value");
        assertThat(context.inbox().isListening()).isFalse();
        context.tasks().after(HOUR, fired::incrementAndGet);
        context.clock().move(HOUR);
        assertThat(fired).hasValue(1);
    }

    @Test
    void an_unverified_customer_is_never_merged() {
        assertThatThrownBy(() -> context.contacts().merge("visitor", "user-42", Contact.anonymous("user-42")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_reply_quotes_a_message_of_its_own_thread_and_of_no_other() {
        var first = accept("m1", "anna", "hello");
        var foreign = accept("m2", "bob", "secret");
        var reply = Messages.incoming("m3", "anna", "again");

        assertThat(context.inbox().accept(reply.withReplyTo(foreign.messageId())))
                .isEqualTo(new Accepted.NoSuchMessage());
        assertThat(context.inbox().accept(reply.withReplyTo(first.messageId()))).isInstanceOf(Accepted.Stored.class);

        var events = context.timeline().after(first.conversationId(), 0, 10);
        assertThat(((TimelineEvent.MessageAdded) events.getLast()).message().replyTo())
                .contains(new TimelineEvent.Quote(first.messageId(), new Author.Customer(), "hello"));
    }

    @Test
    void what_was_said_to_a_customer_can_be_rated_and_nothing_else() {
        var asked = accept("m1", "anna", "hello");
        var told = context.conversations().botSays(asked.conversationId(), "hi");

        assertThat(context.inbox().rating("anna", told, 5, "")).isTrue();
        assertThat(context.inbox().rating("anna", asked.messageId(), 5, "")).isFalse();
        assertThat(context.inbox().rating("bob", told, 5, "")).isFalse();
        assertThat(context.inbox().ratings()).hasSize(1);
    }

    private Accepted.Stored accept(String externalId, String thread, String text) {
        return (Accepted.Stored) context.inbox().accept(Messages.incoming(externalId, thread, text));
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
