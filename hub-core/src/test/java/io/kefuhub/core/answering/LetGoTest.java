package io.kefuhub.core.answering;

import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Decision;
import io.kefuhub.core.conversation.Held;
import io.kefuhub.core.conversation.Holds;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.delivery.Reviewed;
import io.kefuhub.core.delivery.Reviewing;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A question that was kept and is let go, when nothing but the database remembers it. */
class LetGoTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final AnsweringFixture hub = new AnsweringFixture();
    private final AtomicInteger asked = new AtomicInteger();
    private final Reviewing reviewing = new Reviewing(
            hub.talk.journal,
            hub.parts.replies(),
            hub.parts.filters(),
            hub.talk.ids,
            new Reviewing.Words(_ -> "refused", _ -> "unanswered"));

    @BeforeEach
    void keepEverything() {
        var keeping = Foreign.filter(Set.of(Stage.CUSTOMER_IN), _ -> {
            asked.incrementAndGet();
            return Verdict.hold("everything");
        });
        hub.contributions.replace(Foreign.slot(Kind.FILTER, "keeping", keeping, LONG));
        hub.responder(
                "echo",
                (turn, _) -> AnsweringFixture.answer("to " + turn.question().text()));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_hub_that_died_after_the_decision_answers_without_asking_the_filter_again() {
        var conversation = hub.says("anna", "hello");
        var held = held(conversation);

        // Nobody listens: the hub is gone before its lanes hear of it.
        decide(held, conversation, Decision.RELEASED);
        assertThat(hub.questions(conversation)).containsExactly(MessageState.RECEIVED);
        hub.lanes.recover();

        assertThat(hub.replies(conversation, 1))
                .extracting(reply -> reply.message().text())
                .containsExactly("to hello");
        assertThat(hub.questions(conversation)).containsExactly(MessageState.ANSWERED);
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_question_that_is_let_go_in_a_closed_conversation_opens_it() {
        var conversation = hub.says("bert", "hello");
        var held = held(conversation);
        hub.enters(conversation, Mode.CLOSED, Optional.empty());

        decide(held, conversation, Decision.RELEASED);
        hub.lanes.recover();

        assertThat(hub.replies(conversation, 1)).hasSize(1);
        assertThat(hub.now(conversation).mode()).isEqualTo(Mode.BOT);
    }

    @Test
    void a_question_that_is_kept_stays_so_when_a_person_takes_over_meanwhile() {
        var conversation = hub.says("carl", "hello");
        hub.takesOver(conversation);

        held(conversation);

        assertThat(hub.questions(conversation)).containsExactly(MessageState.HELD);
    }

    private Held held(Conversation conversation) {
        hub.lanes.recover();
        until(() -> hub.questions(conversation).contains(MessageState.HELD));
        var wanted = new Holds.Wanted(Set.of(), Optional.empty(), false, Holds.Place.beginning(false), 10);
        return hub.talk.database.read(db -> new Holds().open(db, wanted)).getFirst();
    }

    private void decide(Held held, Conversation conversation, Decision decision) {
        var wish = new Reviewing.Wish(decision, new Assignee(UUID.randomUUID(), "Li"), Optional.<List<Part>>empty());
        var facts = hub.parts.customers().facts(conversation, conversation.language());
        assertThat(reviewing.decide(held, conversation, wish, facts).join()).isInstanceOf(Reviewed.Done.class);
    }
}
