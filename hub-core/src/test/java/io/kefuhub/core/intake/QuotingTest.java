package io.kefuhub.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Inbox.Accepted;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.channel.TimelineEvent;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.Events;
import io.kefuhub.core.conversation.FeedEvent;
import io.kefuhub.core.conversation.LiveConversations;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.Utterance;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replies to a message, and ratings of one, against a real database. */
class QuotingTest {
    private final ConversationFixture hub = new ConversationFixture();
    private final Guard guard = new Guard();
    private final ChannelInstance channel =
            new ChannelInstance(hub.channel, "wk_test", "Test", "web", hub.desk, Map.of(), true, Optional.empty());
    private final Intake intake = new Intake(hub.journal, hub.ids, new JudgedChanges(hub.database));
    private final Threads threads = new Threads(hub.database);
    private final InboxDoor inbox = new InboxDoor(
            channel,
            Language.EN,
            intake,
            hub.journal,
            threads,
            hub.presences,
            (_, _) -> {},
            Duration.ofSeconds(20),
            new NoLine(),
            _ -> {},
            () -> false);

    @AfterEach
    void close() {
        guard.close();
        hub.close();
    }

    @Test
    void a_reply_shows_what_it_replies_to_at_once_and_for_ever() {
        var asked = stored(saying("a1", "anna", "which one?"));
        var answer =
                says(asked, Speaker.agent(new Assignee(new UUID(0, 1), "Li")), MessageState.SENT, "This <b>one</b>");
        // Opened before the reply, so that it has heard of it live; the second one reads it from the database.
        var live = timeline();
        live.after(asked.conversationId(), 0, 100);

        stored(saying("a2", "anna", "yes").withReplyTo(answer));

        var quote = new TimelineEvent.Quote(answer, new Author.Agent("Li"), "This <b>one</b>");
        assertThat(quotes(live, asked)).containsExactly(Optional.empty(), Optional.empty(), Optional.of(quote));
        assertThat(quotes(timeline(), asked)).containsExactly(Optional.empty(), Optional.empty(), Optional.of(quote));
    }

    @Test
    void a_long_text_is_quoted_by_its_beginning_and_a_file_by_its_name() {
        var asked = stored(saying("a1", "anna", "hello"));
        var longText = says(asked, Speaker.BOT, MessageState.SENT, "😀".repeat(500));
        var file = says(
                asked,
                Speaker.BOT,
                MessageState.SENT,
                List.of(Part.Media.of(new StoredFile("f1", "offer.pdf", "application/pdf", 10))));

        stored(saying("a2", "anna", "?").withReplyTo(longText));
        stored(saying("a3", "anna", "?").withReplyTo(file));

        assertThat(quotes(timeline(), asked).stream().flatMap(Optional::stream).map(TimelineEvent.Quote::text))
                .containsExactly("😀".repeat(200) + "…", "offer.pdf");
    }

    @Test
    void what_its_sender_cannot_see_is_no_message_and_nothing_is_stored() {
        var asked = stored(saying("a1", "anna", "hello"));
        var hidden = says(asked, Speaker.BOT, MessageState.HELD, "for review");
        var foreign = stored(saying("b1", "bob", "secret")).messageId();
        var rows = rows();

        for (var id : List.of(hidden, foreign, new UUID(7, 7).toString(), "nonsense", "")) {
            for (var thread : List.of("anna", "somebody new")) {
                assertThat(inbox.accept(saying("x-" + id, thread, "?").withReplyTo(id)))
                        .as("%s in %s", id, thread)
                        .isEqualTo(new Accepted.NoSuchMessage());
            }
        }

        assertThat(rows()).isEqualTo(rows);
        assertThat(stored(saying("x-nonsense", "anna", "without")).repeated()).isFalse();
    }

    @Test
    void a_repeat_is_told_of_the_first_whatever_it_replies_to() {
        var asked = stored(saying("a1", "anna", "hello"));
        var first = stored(saying("a2", "anna", "yes").withReplyTo(asked.messageId()));

        var again = stored(saying("a2", "anna", "yes").withReplyTo("nonsense"));

        assertThat(again.messageId()).isEqualTo(first.messageId());
        assertThat(again.repeated()).isTrue();
    }

    @Test
    void a_closed_conversation_opens_for_a_reply_and_stays_closed_for_a_wrong_one() {
        var asked = stored(saying("a1", "anna", "hello"));
        hub.journal
                .write(ConversationId.parse(asked.conversationId()), Step.of(page -> {
                    page.enter(io.kefuhub.core.conversation.Mode.CLOSED, Optional.empty());
                    return true;
                }))
                .join();

        inbox.accept(saying("a2", "anna", "?").withReplyTo("nonsense"));
        assertThat(timeline().find("anna").orElseThrow().state()).isEqualTo(Timeline.State.CLOSED);

        stored(saying("a3", "anna", "?").withReplyTo(asked.messageId()));
        assertThat(timeline().find("anna").orElseThrow().state()).isEqualTo(Timeline.State.BOT);
    }

    @Test
    void behind_a_webhook_a_message_is_stored_without_what_it_cannot_reply_to() {
        var accepted = intake.acceptAll(
                channel,
                Language.EN,
                List.of(
                        saying("w1", "carl", "hello").withReplyTo("gone"),
                        saying("w2", "carl", "there").withReplyTo(new UUID(7, 7).toString())));

        assertThat(accepted).hasSize(2).hasOnlyElementsOfType(Accepted.Stored.class);
        assertThat(quotes(timeline(), (Accepted.Stored) accepted.getFirst())).containsOnly(Optional.empty());
    }

    @Test
    void a_rating_names_its_message_and_only_what_was_said_to_the_customer_has_one() {
        var asked = stored(saying("a1", "anna", "hello"));
        var answer = says(asked, Speaker.BOT, MessageState.SENT, "an answer");
        var hidden = says(asked, Speaker.BOT, MessageState.DISCARDED, "too late");
        stored(saying("b1", "bob", "hello"));

        assertThat(inbox.rating("anna", answer, 2, "not it")).isTrue();
        for (var id : List.of(asked.messageId(), hidden, new UUID(7, 7).toString(), "nonsense")) {
            assertThat(inbox.rating("anna", id, 5, "")).as(id).isFalse();
        }
        assertThat(inbox.rating("bob", answer, 5, "")).isFalse();
        assertThat(inbox.rating("nobody", answer, 5, "")).isFalse();

        var rated = new EventBody.Rated(Optional.of(MessageId.parse(answer)), 2, "not it");
        assertThat(agentsSee(asked))
                .filteredOn(EventBody.Rated.class::isInstance)
                .containsExactly(rated);
        inbox.rating("anna", 4, "");
        assertThat(agentsSee(asked)).endsWith(new EventBody.Rated(Optional.empty(), 4, ""));
    }

    private Accepted.Stored stored(Incoming message) {
        return (Accepted.Stored) inbox.accept(message);
    }

    private static Incoming saying(String externalId, String thread, String text) {
        return new Incoming(
                externalId,
                thread,
                Contact.anonymous(thread),
                List.of(new Part.Text(text)),
                Instant.EPOCH,
                Optional.empty());
    }

    private String says(Accepted.Stored asked, Speaker speaker, MessageState state, String text) {
        return says(asked, speaker, state, List.of(new Part.Text(text)));
    }

    private String says(Accepted.Stored asked, Speaker speaker, MessageState state, List<Part> parts) {
        var id = new MessageId(hub.ids.next());
        var utterance = new Utterance(id, speaker, parts, state, id.toString(), Optional.empty(), Optional.empty());
        hub.journal
                .write(ConversationId.parse(asked.conversationId()), Step.of(page -> page.say(utterance)))
                .join();
        return id.toString();
    }

    private TimelineDoor timeline() {
        var live = new LiveConversations(hub.database, hub.commits, hub.presences);
        return new TimelineDoor(
                hub.database,
                hub.channel,
                threads,
                live,
                guard,
                Foreign.slot(Kind.CHANNEL, "wk_test", new SilentChannel(), Duration.ofSeconds(5)));
    }

    private static List<Optional<TimelineEvent.Quote>> quotes(Timeline timeline, Accepted.Stored of) {
        return timeline.after(of.conversationId(), 0, 100).stream()
                .filter(TimelineEvent.MessageAdded.class::isInstance)
                .map(event -> ((TimelineEvent.MessageAdded) event).message().replyTo())
                .toList();
    }

    private List<EventBody> agentsSee(Accepted.Stored of) {
        return hub
                .database
                .read(db -> new Events().after(db, ConversationId.parse(of.conversationId()), 0, 100))
                .stream()
                .map(FeedEvent::body)
                .toList();
    }

    private List<Integer> rows() {
        return hub.database.read(db -> db.createQuery("""
                        select count(*) from message union all select count(*) from event
                        union all select count(*) from conversation union all select count(*) from contact""").mapTo(Integer.class).list());
    }
}
