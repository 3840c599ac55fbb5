package io.kefuhub.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kefuhub.api.Language;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Inbox.Accepted;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.ChannelInstances;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.conversation.Desks;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.EmbeddedPostgres;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.TestHome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a channel is told while the database is away. */
class InboxDoorTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Path home = TestHome.fresh();
    private final Ids ids = new Ids(Clock.systemUTC());
    private EmbeddedPostgres postgres = EmbeddedPostgres.start(home, _ -> {});
    private final Database database = Database.open(postgres.address());
    private final InboxDoor inbox = door();

    @BeforeEach
    void anna_has_said_something() {
        assertThat(untilStored(saying("a0")).seq()).isEqualTo(1);
    }

    @AfterEach
    void close() {
        database.close();
        postgres.close();
        TestHome.delete(home);
    }

    @Test
    void a_message_that_is_written_after_its_caller_was_sent_away_is_known_when_it_comes_again() {
        postgres.close();
        var began = Instant.now();
        var first = inbox.accept(saying("a1"));
        assertThat(first)
                .isInstanceOfSatisfying(
                        Accepted.NotStored.class, not -> assertThat(not.retry()).isTrue());
        assertThat(Duration.between(began, Instant.now())).isLessThan(SOON);

        postgres = EmbeddedPostgres.start(home, _ -> {});
        var again = untilStored(saying("a1"));

        assertThat(again.repeated()).as("it was stored meanwhile").isTrue();
        assertThat(again.seq()).isEqualTo(2);
        assertThat(database.<Integer>read(db -> db.createQuery("select count(*) from message")
                        .mapTo(Integer.class)
                        .one()))
                .isEqualTo(2);
    }

    @Test
    void a_read_mark_does_not_keep_its_caller_for_a_minute_either() {
        inbox.typing("anna", true);
        postgres.close();
        var began = Instant.now();

        assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> inbox.read("anna", 1));

        assertThat(Duration.between(began, Instant.now())).isLessThan(SOON);
    }

    /** As a browser does: it asks again while it is told to. */
    private Accepted.Stored untilStored(Incoming message) {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            if (inbox.accept(message) instanceof Accepted.Stored stored) return stored;
            assertThat(System.nanoTime()).as("the database is back").isLessThan(end);
        }
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

    private InboxDoor door() {
        var desk = database.inTransaction(tx -> new Desks()
                .keep(tx, new Desk(new DeskId(ids.next()), "main", Map.of(), Language.EN, true, Optional.empty())));
        var channel = new ChannelInstance(
                new ChannelId(ids.next()), "wk", "Test", "web", desk, Map.of(), true, Optional.empty());
        database.useTransaction(tx -> new ChannelInstances().keep(tx, channel));
        var journal = new Journal(database.writer(), new Topic<>("commits"), ids, Clock.systemUTC());
        return new InboxDoor(
                channel,
                Language.EN,
                new Intake(journal, ids, new JudgedChanges(database)),
                journal,
                new Threads(database),
                new Topic<>("presences"),
                (_, _) -> {},
                PATIENCE,
                new NoLine(),
                _ -> {},
                () -> false);
    }
}
