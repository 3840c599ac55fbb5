package io.kefuhub.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.database.ForgetfulDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connection broke after a commit and before its answer: what is stored must be told, once and in order. */
class LostAnswerTest {
    private final ConversationFixture hub = new ConversationFixture();
    private final List<FeedEvent> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_question_that_is_found_stored_is_told_once_like_any_other() {
        try (var database = new ForgetfulDatabase(hub.address, Duration.ofSeconds(20))) {
            var journal = listeningJournal(database);
            hub.says(journal, "anna", "anna:1", "first").join();
            database.loseNextAnswer();

            var lost = hub.says(journal, "anna", "anna:2", "second").join();
            hub.says(journal, "anna", "anna:3", "third").join();

            assertThat(lost.result()).isEqualTo(2);
            assertThat(texts(told)).containsExactly("first", "second", "third");
            assertThat(told).extracting(FeedEvent::feed).containsExactly(1L, 2L, 3L);
            assertThat(stored(lost.conversation().id())).isEqualTo(told);
        }
    }

    @Test
    void what_was_given_up_though_it_was_stored_is_told_before_what_comes_next() {
        try (var database = new ForgetfulDatabase(hub.address, Duration.ofMillis(200))) {
            var journal = listeningJournal(database);
            hub.says(journal, "bert", "bert:1", "first").join();
            database.thenStayAway();
            database.loseNextAnswer();
            var givenUp = hub.says(journal, "bert", "bert:2", "second");
            assertThatThrownBy(givenUp::join).hasCauseInstanceOf(DatabaseAwayException.class);
            assertThat(texts(told)).containsExactly("first");

            database.comeBack();
            var again = hub.says(journal, "bert", "bert:2", "second").join();

            assertThat(again.result()).isEqualTo(2);
            assertThat(texts(told)).containsExactly("first", "second");
            assertThat(stored(again.conversation().id())).isEqualTo(told);
        }
    }

    @Test
    void what_was_told_and_did_not_fail_is_not_told_again() {
        try (var database = new ForgetfulDatabase(hub.address, Duration.ofSeconds(20))) {
            var journal = listeningJournal(database);
            hub.says(journal, "carl", "carl:1", "first").join();

            hub.says(journal, "carl", "carl:1", "first").join();

            assertThat(texts(told)).containsExactly("first");
        }
    }

    private Journal listeningJournal(ForgetfulDatabase database) {
        var journal = hub.journalOver(database.writer());
        journal.listen(commit -> told.addAll(commit.events()));
        return journal;
    }

    private List<FeedEvent> stored(ConversationId id) {
        return hub.database.read(db -> new Events().after(db, id, 0, 100));
    }

    private static List<String> texts(List<FeedEvent> events) {
        return events.stream()
                .map(event ->
                        ((EventBody.Said) event.body()).message().message().text())
                .toList();
    }
}
