package io.kefuhub.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Language;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Inbox.Accepted;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.Edits;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.Events;
import io.kefuhub.core.conversation.Hold;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Revisions;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What customers take back and change, against a real database. */
class RevisedMessagesTest {
    private static final Instant THEN = Instant.parse("2026-11-26T08:00:00Z");

    private final ConversationFixture hub = new ConversationFixture();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ChannelInstance channel =
            new ChannelInstance(hub.channel, "wk_test", "Test", "web", hub.desk, Map.of(), true, Optional.empty());
    private final InboxDoor inbox = new InboxDoor(
            channel,
            Language.EN,
            new Intake(hub.journal, hub.ids, new JudgedChanges(hub.database, text -> text.contains("damn"))),
            hub.journal,
            new Threads(hub.database),
            hub.presences,
            (_, _) -> {},
            Duration.ofSeconds(20),
            new NoLine(),
            _ -> {},
            ended::get);

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_message_that_was_taken_back_stays_so_and_its_text_is_kept() {
        says("a1", "my password is hunter2");

        inbox.takenBack("a1", THEN);
        var feed = conversation().marks().feed();
        inbox.takenBack("a1", THEN.plusSeconds(1));
        inbox.edited("a1", text("never mind"), THEN.plusSeconds(2));

        assertThat(message("a1").state()).isEqualTo(MessageState.TAKEN_BACK);
        assertThat(message("a1").message().text()).isEqualTo("my password is hunter2");
        assertThat(conversation().marks().feed()).as("a repeat is no event").isEqualTo(feed);
        assertThat(conversation().last().text()).isEmpty();
        assertThat(events())
                .last()
                .isInstanceOfSatisfying(
                        EventBody.Changed.class,
                        changed -> assertThat(changed.message().state()).isEqualTo(MessageState.TAKEN_BACK));
        assertThat(actions()).containsExactly("message.taken-back");
    }

    @Test
    void what_is_taken_back_before_it_arrives_is_never_asked_and_opens_nothing() {
        says("a1", "hello");
        enters(Mode.CLOSED);

        inbox.takenBack("a2", THEN);
        var stored = says("a2", "where is it?");

        assertThat(message("a2").state()).isEqualTo(MessageState.TAKEN_BACK);
        assertThat(stored.repeated()).isFalse();
        assertThat(says("a2", "where is it?").repeated()).isTrue();
        assertThat(conversation().mode()).isEqualTo(Mode.CLOSED);
        assertThat(conversation().last().text()).isEqualTo("hello");
    }

    @Test
    void whichever_comes_first_the_message_or_its_end_it_is_taken_back() throws Exception {
        var ids = IntStream.range(0, 60).mapToObj(i -> "m" + i).toList();
        var start = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (var id : ids) {
            threads.add(Thread.ofVirtual().start(() -> {
                await(start);
                says(id, "one " + id);
            }));
            threads.add(Thread.ofVirtual().start(() -> {
                await(start);
                inbox.takenBack(id, THEN);
            }));
        }
        start.countDown();
        for (var thread : threads) thread.join();

        assertThat(ids).allSatisfy(id -> assertThat(message(id).state()).isEqualTo(MessageState.TAKEN_BACK));
    }

    @Test
    void a_change_shows_the_new_words_and_keeps_the_former_ones() {
        says("a1", "two pieces");
        settle("a1", MessageState.ANSWERED);

        inbox.edited("a1", text("three pieces"), THEN.plusSeconds(5));
        inbox.edited("a1", text("four pieces"), THEN.plusSeconds(9));
        var feed = conversation().marks().feed();
        inbox.edited("a1", text("three pieces"), THEN.plusSeconds(5));
        inbox.edited("a1", text("four pieces"), THEN.plusSeconds(9));

        var message = message("a1");
        assertThat(message.message().text()).isEqualTo("four pieces");
        assertThat(message.state()).isEqualTo(MessageState.ANSWERED);
        assertThat(message.edits().orElseThrow().former())
                .extracting(former -> new Message(former.parts()).text())
                .containsExactly("two pieces", "three pieces");
        assertThat(conversation().last().text()).isEqualTo("four pieces");
        assertThat(conversation().marks().feed())
                .as("what came late is no event")
                .isEqualTo(feed);
    }

    @Test
    void a_change_that_a_filter_stops_is_seen_by_nobody() {
        says("a1", "hello");

        inbox.edited("a1", text("damn it"), THEN);

        assertThat(message("a1").message().text()).isEqualTo("hello");
        var edits = message("a1").edits().orElseThrow();
        assertThat(edits.stoppedBy()).isEqualTo("words");
        assertThat(edits.former()).isEmpty();
        assertThat(edits.kept()).isEqualTo(text("damn it"));
        assertThat(message("a1").state()).isEqualTo(MessageState.RECEIVED);
    }

    @Test
    void a_message_that_was_changed_before_it_arrived_says_what_it_was_changed_to() {
        inbox.edited("a1", text("second"), THEN.plusSeconds(2));
        inbox.edited("a1", text("first"), THEN.plusSeconds(1));

        says("a1", "original");
        inbox.edited("a1", text("first"), THEN.plusSeconds(1));

        assertThat(message("a1").message().text()).isEqualTo("second");
        assertThat(message("a1").state()).isEqualTo(MessageState.RECEIVED);
        assertThat(message("a1").edits().map(Edits::at)).contains(THEN.plusSeconds(2));
    }

    @Test
    void a_held_message_that_is_taken_back_waits_for_no_reviewer_and_one_that_is_changed_is_heard_again() {
        for (var id : List.of("a1", "a2")) {
            says(id, "something odd");
            hold(id);
        }
        assertThat(openHolds()).isEqualTo(2);

        inbox.takenBack("a1", THEN);
        inbox.edited("a2", text("something nice"), THEN);

        assertThat(openHolds()).isZero();
        assertThat(message("a1").state()).isEqualTo(MessageState.TAKEN_BACK);
        assertThat(message("a2").state()).isEqualTo(MessageState.RECEIVED);
        assertThat(message("a2").message().text()).isEqualTo("something nice");
    }

    @Test
    void only_what_came_in_by_the_same_channel_can_be_taken_back() {
        says("a1", "hello");
        var reply = hub.utterance(Speaker.BOT, MessageState.SENT, "r:1", "hi");
        hub.journal.write(conversation().id(), Step.of(page -> page.say(reply))).join();

        inbox.takenBack("r:1", THEN);
        var other = new ChannelInstance(
                new io.kefuhub.core.conversation.ChannelId(hub.ids.next()),
                "other",
                "Other",
                "web",
                hub.desk,
                Map.of(),
                true,
                Optional.empty());
        new Intake(hub.journal, hub.ids, new JudgedChanges(hub.database))
                .takenBack(other, "a1", THEN)
                .join();

        assertThat(message("r:1").state()).isEqualTo(MessageState.SENT);
        assertThat(message("a1").state()).isEqualTo(MessageState.RECEIVED);
    }

    @Test
    void a_generation_that_has_ended_stores_nothing_and_says_so() {
        says("a1", "hello");
        ended.set(true);

        assertThatThrownBy(() -> inbox.takenBack("a1", THEN)).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> inbox.edited("a1", text("x"), THEN)).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> inbox.colleagueLeft("anna")).isInstanceOf(UnavailableException.class);
        assertThat(message("a1").state()).isEqualTo(MessageState.RECEIVED);
    }

    @Test
    void what_was_said_of_messages_that_never_came_is_thrown_away_after_two_weeks() {
        inbox.takenBack("never", THEN);
        var now = Instant.now();

        assertThat(swept(now.plus(Duration.ofDays(13)))).isZero();
        assertThat(swept(now.plus(Duration.ofDays(15)))).isOne();
    }

    private int swept(Instant now) {
        return hub.database.inTransaction(tx -> new Revisions().sweep(tx, now));
    }

    private Accepted.Stored says(String id, String text) {
        return (Accepted.Stored)
                inbox.accept(new Incoming(id, "anna", Contact.anonymous("anna"), text(text), THEN, Optional.empty()));
    }

    private static List<Part> text(String text) {
        return List.of(new Part.Text(text));
    }

    private StoredMessage message(String id) {
        return hub.database
                .read(db -> new Messages().find(db, new Messages.Key(hub.channel, id)))
                .orElseThrow()
                .message();
    }

    private Conversation conversation() {
        return hub.database
                .read(db -> new Conversations().find(db, hub.channel, "anna"))
                .orElseThrow();
    }

    private List<EventBody> events() {
        return hub.database.read(db -> new Events().after(db, conversation().id(), 0, 500)).stream()
                .map(event -> event.body())
                .toList();
    }

    private List<String> actions() {
        return hub.database.read(
                db -> db.createQuery("select action from audit where action like 'message.%' order by id")
                        .mapTo(String.class)
                        .list());
    }

    private int openHolds() {
        return hub.database.read(db -> db.createQuery("select count(*) from hold where decision is null")
                .mapTo(Integer.class)
                .one());
    }

    private void enters(Mode mode) {
        write(page -> page.enter(mode, Optional.empty()));
    }

    private void settle(String id, MessageState state) {
        MessageId message = message(id).id();
        write(page -> page.settle(message, state, Optional.of("{}")));
    }

    private void hold(String id) {
        var message = message(id);
        write(page -> {
            page.report(message, MessageState.HELD, Optional.of("{}"));
            page.hold(message.id(), new Hold(Stage.CUSTOMER_IN, "words", "1", List.of("a"), "{}"));
        });
    }

    private void write(java.util.function.Consumer<io.kefuhub.core.conversation.Page> change) {
        ConversationId id = conversation().id();
        hub.journal
                .write(id, Step.of(page -> {
                    change.accept(page);
                    return true;
                }))
                .join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
