package io.kefuhub.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Inbox.Accepted;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.database.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The inbox of a generation that has ended stores nothing and tells nobody anything. */
class EndedInboxTest {
    private final ConversationFixture hub = new ConversationFixture();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Presence> presences = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final InboxDoor inbox = new InboxDoor(
            new ChannelInstance(hub.channel, "wk_test", "Test", "web", hub.desk, Map.of(), true, Optional.empty()),
            Language.EN,
            new Intake(hub.journal, hub.ids, new JudgedChanges(hub.database)),
            hub.journal,
            new Threads(hub.database),
            hub.presences,
            (delivery, _) -> told.add("receipt of " + delivery),
            Duration.ofSeconds(20),
            new OwnLine() {
                @Override
                public void isUp() {
                    told.add("listening");
                }

                @Override
                public void isRefused(String setting, Localized reason) {
                    told.add("refused");
                }
            },
            source -> told.add("nudged " + source),
            ended::get);
    private String before = "";

    @BeforeEach
    void anna_has_written_and_the_generation_ends() {
        var _ = hub.presences.follow(presences::add);
        assertThat(inbox.accept(saying("a0"))).isInstanceOf(Accepted.Stored.class);
        before = kept();
        ended.set(true);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_message_is_not_stored_and_may_come_again() {
        assertThat(inbox.accept(saying("a1")))
                .isInstanceOfSatisfying(
                        Accepted.NotStored.class, not -> assertThat(not.retry()).isTrue());

        assertThat(kept()).isEqualTo(before);
    }

    @Test
    void a_read_mark_a_receipt_and_ratings_change_nothing() {
        inbox.read("anna", 1);
        inbox.rating("anna", 5, "fine");
        assertThat(inbox.rating("anna", new UUID(0, 1).toString(), 5, "fine")).isFalse();
        inbox.receipt("d1", new Delivered.Done("p1"));
        inbox.listening();

        assertThat(kept()).isEqualTo(before);
        assertThat(told).isEmpty();
    }

    @Test
    void nobody_hears_of_typing() {
        inbox.typing("anna", true);

        ended.set(false);
        inbox.typing("anna", false);
        Eventually.holds(() -> !presences.isEmpty());
        assertThat(presences)
                .singleElement()
                .isInstanceOfSatisfying(
                        Presence.CustomerTyping.class,
                        typing -> assertThat(typing.on()).isFalse());
    }

    /** All that is kept of conversations. */
    private String kept() {
        return hub.database.read(db -> List.of("conversation", "message", "event").stream()
                .map(table -> db.createQuery(
                                "select coalesce(string_agg(t::text, '|' order by t::text), '') from " + table + " t")
                        .mapTo(String.class)
                        .one())
                .toList()
                .toString());
    }

    private static Incoming saying(String externalId) {
        return new Incoming(
                externalId,
                "anna",
                Contact.anonymous("anna"),
                List.of(new Part.Text("hello")),
                Instant.EPOCH,
                Optional.empty());
    }
}
