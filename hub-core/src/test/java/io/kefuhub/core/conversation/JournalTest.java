package io.kefuhub.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.message.Part;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalTest {
    private ConversationFixture hub;
    private final Events events = new Events();

    @BeforeAll
    void open() {
        hub = new ConversationFixture();
    }

    @AfterAll
    void close() {
        hub.close();
    }

    @Test
    void the_first_message_opens_the_conversation_and_its_repeat_finds_it() {
        var first = hub.says("anna", "anna:1", "hello").join();
        var again = hub.says("anna", "anna:1", "hello").join();

        assertThat(again.conversation().id()).isEqualTo(first.conversation().id());
        assertThat(again.result()).isEqualTo(first.result()).isEqualTo(1);
        assertThat(visible(first.conversation().id())).hasSize(1);
    }

    @Test
    void numbers_have_no_gaps_whatever_is_written_at_once() {
        var writes = new ArrayList<CompletableFuture<?>>();
        for (var i = 0; i < 400; i++) {
            writes.add(hub.says("busy-" + i % 4, "busy:" + i, "message " + i));
            if (i % 3 == 0) writes.add(hub.says("busy-" + i % 4, "busy:" + i, "message " + i));
        }
        CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();

        for (var thread = 0; thread < 4; thread++) {
            var id = find("busy-" + thread).id();
            var seen = visible(id);
            assertThat(seen)
                    .extracting(event -> event.seq().orElseThrow())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 100).boxed().toList());
            assertThat(seen).extracting(FeedEvent::feed).isSorted();
        }
    }

    @Test
    void a_note_is_written_once_whenever_it_comes_again() {
        var conversation =
                hub.says("noted", "noted:1", "?").join().conversation().id();
        var li = new Assignee(new UUID(0, 1), "Li");
        var chen = new Assignee(new UUID(0, 2), "Chen");
        var first = note(hub.journal, conversation, li, "n1", "first");

        // A hub that was started again, and remembers nothing.
        var journal = new Journal(hub.database.writer(), hub.commits, hub.ids, Clock.systemUTC());
        var repeated = note(journal, conversation, li, "n1", "something else");
        note(journal, conversation, li, "n2", "second");
        note(journal, conversation, chen, "n1", "a colleague's");

        assertThat(repeated).isEqualTo(first);
        assertThat(hub.database.read(db -> events.after(db, conversation, 0, 100)).stream()
                        .map(FeedEvent::body)
                        .filter(EventBody.Noted.class::isInstance)
                        .map(body -> ((EventBody.Noted) body).text()))
                .containsExactly("first", "second", "a colleague's");
    }

    @Test
    void notes_that_come_twice_at_one_moment_are_written_once() {
        var conversation =
                hub.says("noted", "noted:2", "?").join().conversation().id();
        var li = new Assignee(new UUID(0, 3), "Li");

        var written = IntStream.range(0, 200)
                .mapToObj(i -> {
                    var key = new NoteKey(conversation, li.id(), "n" + i % 10);
                    return hub.journal.write(key, Step.of(page -> page.note(li, key.cid(), "text " + i)));
                })
                .toList();

        assertThat(written)
                .extracting(write -> write.join().result().event().feed())
                .doesNotContainNull()
                .satisfies(feeds -> assertThat(Set.copyOf(feeds)).hasSize(10));
    }

    private static FeedEvent note(
            Journal journal, ConversationId conversation, Assignee author, String cid, String text) {
        return journal.write(
                        new NoteKey(conversation, author.id(), cid),
                        Step.of(page -> page.note(author, cid, text).event()))
                .join()
                .result();
    }

    @Test
    void one_question_is_answered_once_even_when_the_answer_is_written_twice() {
        var question = hub.says("once", "once:1", "?").join().conversation();
        var key = new Messages.Key(hub.channel, "r:once:1");

        var first =
                hub.journal.write(question.id(), key, saying("an answer", key)).join();
        var second = hub.journal
                .write(question.id(), key, saying("another answer", key))
                .join();

        assertThat(second.result()).isEqualTo(first.result());
        assertThat(visible(question.id())).hasSize(2);
    }

    @Test
    void a_step_that_fails_leaves_its_neighbours_and_the_conversation_as_they_were() {
        var id = hub.says("fails", "fails:1", "hello").join().conversation().id();

        var bad = hub.journal.write(id, Step.<Boolean>of(page -> {
            page.enter(Mode.WAITING, Optional.empty());
            throw new IllegalStateException("broken step");
        }));
        var good = hub.says("fails", "fails:2", "still here");

        assertThatThrownBy(bad::join).hasRootCauseMessage("broken step");
        assertThat(good.join().conversation().mode()).isEqualTo(Mode.BOT);
        assertThat(good.join().result()).isEqualTo(2);
    }

    @Test
    void a_conversation_that_is_not_there_is_said_so() {
        var nowhere = new ConversationId(UUID.randomUUID());

        var written = hub.journal.write(nowhere, Step.of(Page::epoch));

        assertThatThrownBy(written::join).hasCauseInstanceOf(NoSuchConversationException.class);
    }

    @Test
    void hidden_messages_and_notes_reach_agents_only() {
        var id = hub.says("hidden", "hidden:1", "hello").join().conversation().id();
        var agent = new Assignee(UUID.randomUUID(), "小李");

        hub.journal
                .write(id, Step.of(page -> {
                    page.note(agent, "n1", "a note");
                    page.say(hub.utterance(Speaker.BOT, MessageState.DISCARDED, "r:late", "too late"));
                    page.enter(Mode.AGENT, Optional.of(agent));
                    return true;
                }))
                .join();

        assertThat(visible(id))
                .extracting(FeedEvent::body)
                .hasExactlyElementsOfTypes(EventBody.Said.class, EventBody.Entered.class);
        assertThat(all(id)).extracting(FeedEvent::feed).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void text_that_the_database_cannot_hold_is_stored_without_what_cannot_be() {
        var id = hub.says("nul", "nul:1", "a\0b\uD800c").join().conversation().id();

        assertThat(visible(id).getFirst().body())
                .isInstanceOfSatisfying(
                        EventBody.Said.class,
                        said -> assertThat(said.message().parts()).containsExactly(new Part.Text("ab\uFFFDc")));
    }

    @Test
    void decisions_are_audited_in_their_own_transaction() {
        var id = hub.says("audited", "audited:1", "hello").join().conversation().id();

        hub.journal
                .write(id, Step.of(page -> {
                    page.audit(new AuditEntry(
                            page.now(), "hub", "test.done", "conversation:" + id, Optional.of(id.value()), "{}"));
                    return true;
                }))
                .join();

        var lines = hub.database.read(db -> new AuditLog().before(db, Long.MAX_VALUE, "", "conversation:" + id, 10));
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.entry().action()).isEqualTo("test.done"));
    }

    @Test
    void followers_hear_every_event_in_order() {
        var live = new LiveConversations(hub.database, hub.commits, hub.presences);
        var id = hub.says("followed", "followed:0", "hello")
                .join()
                .conversation()
                .id();
        var heard = new ConcurrentLinkedQueue<Long>();
        var done = new CompletableFuture<Boolean>();
        var following = live.follow(id, new LiveConversations.Follower() {
            @Override
            public void committed(Commit commit) {
                commit.events().stream()
                        .map(FeedEvent::feed)
                        .filter(feed -> feed > 1)
                        .forEach(heard::add);
                if (heard.size() >= 50) done.complete(true);
            }

            @Override
            public void present(Presence presence) {}
        });
        for (var i = 1; i <= 50; i++) hub.says("followed", "followed:" + i, "message " + i);

        assertThat(done.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join())
                .isTrue();
        assertThat(heard)
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 51).boxed().toList());
        assertThat(live.visibleAfter(id, 20, 500)).hasSize(31);
        following.close();
    }

    private Step<Long> saying(String text, Messages.Key key) {
        return new Step<>() {
            @Override
            public Long write(Page page) {
                return page.say(hub.utterance(Speaker.BOT, MessageState.SENT, key.externalId(), text))
                        .orElse(0);
            }

            @Override
            public Long repeated(Page page, Messages.Earlier earlier) {
                return earlier.seq();
            }
        };
    }

    private Conversation find(String thread) {
        return hub.database
                .read(db -> new Conversations().find(db, hub.channel, thread))
                .orElseThrow();
    }

    private List<FeedEvent> all(ConversationId id) {
        return hub.database.read(db -> events.after(db, id, 0, 100));
    }

    private List<FeedEvent> visible(ConversationId id) {
        return hub.database.read(db -> events.visibleAfter(db, id, 0, 500));
    }
}
