package io.kefuhub.core.answering;

import static io.kefuhub.core.plugin.Waits.awaitEvenWhenInterrupted;
import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.delivery.Said;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Trial;
import io.kefuhub.core.plugin.TrialLimits;
import io.kefuhub.core.plugin.TrialMode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final AnsweringFixture fixture = new AnsweringFixture();
    private final ConversationFixture talk = fixture.talk;
    private final Contributions contributions = fixture.contributions;
    private final Turns turns = new Turns(fixture.parts);
    private final Messages messages = new Messages();

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void the_trace_of_a_reply_names_the_versions_that_were_on_trial() {
        contributions.replace(responder("1", _ -> answer("old answer")));
        contributions.replace(filter("1"));
        begin(responder("2", _ -> answer("new answer")), new TrialMode.Canary(100));
        begin(filter("2"), new TrialMode.Canary(100));

        var reply = takesTurn("hello");

        assertThat(reply.message().text()).isEqualTo("new answer");
        assertThat(reply.trace().orElseThrow().replace(" ", ""))
                .contains("\"responder\":\"faq\"", "\"responderVersion\":\"2\"", "\"filter\":\"words\"")
                .contains("\"version\":\"2\"", "\"candidate\":true")
                .doesNotContain("\"version\":\"1\"");
    }

    @Test
    void a_shadow_that_looks_back_late_sees_what_had_been_said_when_its_turn_began() {
        var goOn = new CountDownLatch(1);
        var seen = new CopyOnWriteArrayList<List<Turn.Line>>();
        contributions.replace(
                responder("1", turn -> answer("answer to " + turn.question().text())));
        takesTurn("first");
        begin(
                responder("2", turn -> {
                    awaitEvenWhenInterrupted(goOn);
                    seen.add(turn.history().latest(3));
                    return new Response.Pass("only looks");
                }),
                new TrialMode.Shadow());

        takesTurn("second");
        takesTurn("third");
        goOn.countDown();

        until(() -> !seen.isEmpty());
        assertThat(seen.getFirst())
                .extracting(line -> line.byCustomer() + " " + line.text())
                .containsExactly("true first", "false answer to first");
    }

    /** Lets one customer say something and takes the turn; returns the reply. */
    private StoredMessage takesTurn(String text) {
        var conversation = talk.says("anna", "anna:" + text, text).join().conversation();
        var open = talk.database
                .read(db -> messages.inState(db, MessageState.RECEIVED, Optional.empty(), 10))
                .getLast();
        var said = decided(conversation, open.message()).said().join();
        assertThat(said).isInstanceOf(Said.Done.class);
        return talk.database
                .read(db -> messages.find(db, ((Said.Done) said).message()))
                .orElseThrow();
    }

    private Turns.Ended.Decided decided(Conversation conversation, StoredMessage question) {
        try {
            var wanted = turns.wanted(conversation.epoch(), true);
            return (Turns.Ended.Decided) turns.take(conversation, Heard.NOTHING, List.of(question), wanted);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T extends AutoCloseable> void begin(Slot<T> candidate, TrialMode mode) {
        var trial = Trial.of(candidate, mode, TrialLimits.USUAL, Clock.systemUTC(), _ -> {});
        contributions.change(draft -> draft.begin(trial));
    }

    private static Slot<Responder> responder(String version, Function<Turn, Response> answers) {
        Responder responder = (turn, _) -> answers.apply(turn);
        return Foreign.slot(Kind.RESPONDER, "faq", Foreign.version(version), responder, LONG);
    }

    private static Slot<Filter> filter(String version) {
        var filter = Foreign.filter(Set.of(Stage.CUSTOMER_IN, Stage.BOT_OUT), _ -> Verdict.pass());
        return Foreign.slot(Kind.FILTER, "words", Foreign.version(version), filter, LONG);
    }

    private static Response answer(String text) {
        return new Response.Answer(
                List.of(new Part.Text(text)), new Response.Source("knowledge", "1", "title", 1, "same"));
    }
}
