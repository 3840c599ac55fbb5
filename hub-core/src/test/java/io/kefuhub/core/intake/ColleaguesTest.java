package io.kefuhub.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.ByColleague;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Inbox.Accepted;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Colleagues who answer in the platform's own client. */
class ColleaguesTest {
    private static final Instant THEN = Instant.parse("2026-11-26T08:00:00Z");

    private final ConversationFixture hub = new ConversationFixture();
    private final InboxDoor inbox = new InboxDoor(
            new ChannelInstance(hub.channel, "wk_test", "Test", "web", hub.desk, Map.of(), true, Optional.empty()),
            Language.EN,
            new Intake(hub.journal, hub.ids, new JudgedChanges(hub.database)),
            hub.journal,
            new Threads(hub.database),
            hub.presences,
            (_, _) -> {},
            Duration.ofSeconds(20),
            new NoLine(),
            _ -> {},
            () -> false);

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_colleague_who_answers_elsewhere_has_the_conversation_and_the_waiting_questions_are_answered() {
        says("a1", "hello?");
        settle("a1", MessageState.WAITING);
        enters(Mode.WAITING, Optional.empty());
        var before = conversation();

        var stored = answers("c1", "lisi", "Li", "I am here");

        assertThat(stored).isInstanceOf(Accepted.Stored.class);
        assertThat(message("c1").speaker()).isEqualTo(Speaker.elsewhere("Li"));
        assertThat(message("c1").state()).isEqualTo(MessageState.SENT);
        assertThat(message("a1").state()).isEqualTo(MessageState.ANSWERED);
        assertThat(conversation().mode()).isEqualTo(Mode.AGENT);
        assertThat(conversation().epoch())
                .as("what the bot makes meanwhile is not sent")
                .isGreaterThan(before.epoch());
        assertThat(assignee().name()).isEqualTo("Li");
        assertThat(assignee().isElsewhere()).isTrue();
        assertThat(conversation().heard()).as("only customers open windows").isEqualTo(before.heard());
    }

    @Test
    void what_a_colleague_says_twice_is_stored_once_and_another_colleague_takes_over() {
        answers("c1", "lisi", "Li", "hello");
        var epoch = conversation().epoch();

        assertThat(answers("c1", "lisi", "Li", "hello"))
                .isInstanceOfSatisfying(
                        Accepted.Stored.class,
                        stored -> assertThat(stored.repeated()).isTrue());
        answers("c2", "lisi", "Li", "still here");
        assertThat(conversation().epoch()).isEqualTo(epoch);

        answers("c3", "wang", "Wang", "now me");
        assertThat(assignee().name()).isEqualTo("Wang");
    }

    @Test
    void an_agent_of_the_hub_keeps_the_conversation() {
        says("a1", "hello?");
        var agent = new Assignee(new UUID(0, 7), "Mei");
        enters(Mode.AGENT, Optional.of(agent));

        answers("c1", "lisi", "Li", "me too");
        inbox.colleagueLeft("anna");

        assertThat(conversation().mode()).isEqualTo(Mode.AGENT);
        assertThat(assignee()).isEqualTo(agent);
        assertThat(message("c1").message().text()).isEqualTo("me too");
    }

    @Test
    void when_the_colleague_has_left_the_hub_answers_again() {
        answers("c1", "lisi", "Li", "bye");

        inbox.colleagueLeft("anna");
        var epoch = conversation().epoch();
        inbox.colleagueLeft("anna");
        inbox.colleagueLeft("nobody");

        assertThat(conversation().mode()).isEqualTo(Mode.BOT);
        assertThat(conversation().epoch()).isEqualTo(epoch);
    }

    @Test
    void a_colleague_may_take_back_what_was_said_too() {
        answers("c1", "lisi", "Li", "wrong window");

        inbox.takenBack("c1", THEN);

        assertThat(message("c1").state()).isEqualTo(MessageState.TAKEN_BACK);
    }

    private Accepted answers(String id, String colleague, String name, String text) {
        return inbox.said(new ByColleague(
                id, "anna", Contact.anonymous("anna"), colleague, name, List.of(new Part.Text(text)), THEN));
    }

    private void says(String id, String text) {
        inbox.accept(new Incoming(
                id, "anna", Contact.anonymous("anna"), List.of(new Part.Text(text)), THEN, Optional.empty()));
    }

    private Assignee assignee() {
        return conversation().standing().assignee().orElseThrow();
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

    private void settle(String id, MessageState state) {
        var message = message(id).id();
        hub.journal
                .write(conversation().id(), Step.of(page -> {
                    page.settle(message, state, Optional.empty());
                    return true;
                }))
                .join();
    }

    private void enters(Mode mode, Optional<Assignee> agent) {
        hub.journal
                .write(conversation().id(), Step.of(page -> {
                    page.enter(mode, agent);
                    return true;
                }))
                .join();
    }
}
