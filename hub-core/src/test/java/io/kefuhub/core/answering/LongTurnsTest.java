package io.kefuhub.core.answering;

import static io.kefuhub.core.answering.AnsweringFixture.LEAVE;
import static io.kefuhub.core.answering.AnsweringFixture.NEVER;
import static io.kefuhub.core.answering.AnsweringFixture.answer;
import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.Used;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Subject;
import io.kefuhub.core.telemetry.Stalls;
import io.kefuhub.core.web.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Turns whose answer takes its time: what customers see meanwhile, and what calls them off. */
class LongTurnsTest {
    private static final Abilities LIVE = Abilities.readFromTimeline(4_000, new Abilities.Streaming.Live(1_000));
    private static final Duration SOON = Duration.ofMillis(30);

    private AnsweringFixture fixture = new AnsweringFixture().listening();
    private final Storyteller teller = new Storyteller();

    @AfterEach
    void end() {
        teller.end();
        fixture.close();
    }

    @Test
    void words_are_shown_as_they_are_made_and_the_committed_answer_replaces_them() {
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Where is my parcel?");
        until(() -> teller.asked.size() == 1);

        teller.draft("It is on");
        until(() -> fixture.drafts(conversation).contains("It is on"));
        teller.draft("It is on its way.");
        until(() -> fixture.drafts(conversation).contains("It is on its way."));
        teller.answers("It is on its way.");

        var reply = fixture.replies(conversation, 1).getFirst();
        assertThat(reply.state()).isEqualTo(MessageState.SENT);
        assertThat(reply.answers().map(Object::toString)).contains(answerIds().getFirst());
        assertThat(answerIds()).hasSize(1);
        assertThat(fixture.drafts(conversation)).containsExactly("It is on", "It is on its way.");
    }

    @Test
    void no_more_is_shown_than_every_filter_of_what_is_said_allows() {
        fixture.contributions.replace(Foreign.slot(Kind.FILTER, "words", new Holding("damn"), NEVER));
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "What do you think?");
        until(() -> teller.asked.size() == 1);

        for (var text : List.of("Well, ", "Well, da", "Well, damn", "Well, damn it, I think so.")) {
            teller.draft(text);
            until(() -> teller.asked.size() == 1 && fixture.drafts(conversation).contains("Well, "));
        }
        teller.answers("Well, damn it, I think so.");

        assertThat(fixture.replies(conversation, 1).getFirst().message().text())
                .isEqualTo("Well, **** it, I think so.");
        assertThat(fixture.drafts(conversation)).containsExactly("Well, ");
    }

    @Test
    void where_a_filter_cannot_say_how_much_is_safe_nothing_is_shown_before_the_end() {
        fixture.contributions.replace(
                Foreign.slot(Kind.FILTER, "whole", Foreign.filter(Set.of(Stage.BOT_OUT), _ -> Verdict.pass()), NEVER));
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "What do you think?");
        until(() -> teller.asked.size() == 1);

        teller.draft("I think");
        teller.answers("I think so.");

        assertThat(fixture.replies(conversation, 1).getFirst().message().text()).isEqualTo("I think so.");
        assertThat(fixture.drafts(conversation)).isEmpty();
    }

    @Test
    void what_the_customer_writes_on_calls_an_answer_off_and_is_answered_together_with_the_question() {
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Where is my parcel?");
        until(() -> teller.asked.size() == 1);

        fixture.says("anna", "It is number 4711.");
        until(() -> teller.asked.size() == 2);
        teller.answers("It is in Hamburg.");

        assertThat(fixture.replies(conversation, 1)).hasSize(1);
        assertThat(teller.calledOff).hasValue(1);
        assertThat(teller.asked.getLast()).contains("Where is my parcel?", "It is number 4711.");
        assertThat(fixture.questions(conversation)).containsExactly(MessageState.ANSWERED, MessageState.ANSWERED);
    }

    @Test
    void what_the_customer_writes_when_words_are_shown_waits_for_its_own_answer() {
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Where is my parcel?");
        until(() -> teller.asked.size() == 1);
        teller.draft("It is ");
        until(() -> fixture.drafts(conversation).contains("It is "));

        fixture.says("anna", "And the other one?");
        teller.answers("It is in Hamburg.");

        assertThat(fixture.replies(conversation, 2)).hasSize(2);
        assertThat(teller.calledOff).hasValue(0);
        assertThat(teller.asked).containsExactly("Where is my parcel?", "And the other one?");
    }

    @Test
    void one_who_writes_on_and_on_is_answered_all_the_same() {
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Line number one.");
        for (var i = 2; i < 12; i++) {
            var before = i;
            until(() -> teller.asked.size() >= Math.min(before - 1, 6));
            fixture.says("anna", "Line number " + i + ".");
        }
        teller.answers("Enough.");

        until(() -> fixture.questions(conversation).stream().noneMatch(state -> state == MessageState.RECEIVED));
        assertThat(teller.calledOff).hasValue(5);
        assertThat(teller.asked).hasSize(7);
        assertThat(fixture.replies(conversation, 2)).hasSize(2);
    }

    @Test
    void when_a_person_takes_over_nothing_more_is_shown_and_the_answer_is_kept_for_agents_alone() {
        teller.stubborn = true;
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Where is my parcel?");
        until(() -> teller.asked.size() == 1);
        teller.draft("It is ");
        until(() -> fixture.drafts(conversation).contains("It is "));

        fixture.takesOver(conversation);
        teller.draft("It is in Hamburg.");
        until(() -> fixture.questions(conversation).equals(List.of(MessageState.WAITING)));
        teller.answers("It is in Hamburg.");

        var late = fixture.replies(conversation, 1);
        assertThat(late).hasSize(1);
        assertThat(late.getFirst().state()).isEqualTo(MessageState.DISCARDED);
        assertThat(late.getFirst().message().text()).isEqualTo("It is in Hamburg.");
        until(() -> fixture.drafts(conversation).equals(List.of("It is ", "")));
        assertThat(teller.calledOff).hasValue(1);
    }

    @Test
    void a_conversation_that_is_closed_calls_its_answer_off() {
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Where is my parcel?");
        until(() -> teller.asked.size() == 1);

        fixture.enters(conversation, Mode.CLOSED, Optional.empty());

        until(() -> teller.calledOff.get() == 1);
        until(() -> fixture.questions(conversation).equals(List.of(MessageState.WAITING)));
        assertThat(fixture.saidBy(Speaker.Kind.BOT, conversation)).isEmpty();
    }

    @Test
    void one_who_asks_for_a_person_meanwhile_gets_one_at_once_whoever_is_still_at_work() {
        teller.stubborn = true;
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "我的包裹在哪里？");
        until(() -> teller.asked.size() == 1);
        teller.draft("您的包裹");
        until(() -> fixture.drafts(conversation).contains("您的包裹"));

        fixture.says("anna", "转人工");

        assertThat(fixture.replies(conversation, 1).getFirst().message().text()).contains("转接人工客服");
        assertThat(fixture.now(conversation).mode()).isEqualTo(Mode.WAITING);
        assertThat(fixture.questions(conversation)).containsExactly(MessageState.WAITING, MessageState.WAITING);
        assertThat(fixture.drafts(conversation)).containsExactly("您的包裹", "");
        assertThat(teller.asked).hasSize(1);
        teller.answers("您的包裹在汉堡。");
        assertThat(fixture.replies(conversation, 2).getLast().state()).isEqualTo(MessageState.DISCARDED);
    }

    @Test
    void one_who_asks_for_a_person_at_once_gets_one_whatever_answers_for_the_desk() {
        fixture.responder("teller", teller);

        var conversation = fixture.says("anna", "人工客服");

        assertThat(fixture.replies(conversation, 1).getFirst().trace().orElseThrow())
                .contains("asked-for-person");
        assertThat(teller.asked).isEmpty();
    }

    @Test
    void the_beginning_of_a_question_waits_for_the_rest_before_anybody_is_asked_who_takes_long() {
        var times = new TurnTimes(8, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, LEAVE);
        restart(times, LIVE, List.of());
        fixture.ownResponder("teller", teller);
        teller.answers("It is in Hamburg.");

        var conversation = fixture.says("anna", "my");
        fixture.says("anna", "parcel, where is it?");

        assertThat(fixture.replies(conversation, 1)).hasSize(1);
        assertThat(teller.asked).hasSize(1);
        assertThat(teller.asked.getFirst()).contains("my", "parcel, where is it?");
    }

    @Test
    void the_beginning_of_a_question_is_answered_after_a_while_when_nothing_follows() {
        var times = new TurnTimes(8, SOON, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, LEAVE);
        restart(times, LIVE, List.of());
        fixture.ownResponder("teller", teller);
        teller.answers("You are welcome.");

        assertThat(fixture.replies(fixture.says("anna", "thanks"), 1)).hasSize(1);
    }

    @Test
    void nobody_waits_for_the_rest_of_a_question_before_a_plugin_that_has_always_been_quick() {
        var times = new TurnTimes(8, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, LEAVE);
        restart(times, LIVE, List.of());
        fixture.responder("teller", teller);
        teller.answers("You are welcome.");

        assertThat(fixture.replies(fixture.says("anna", "thanks"), 1)).hasSize(1);
    }

    @Test
    void one_who_waits_is_shown_that_somebody_is_at_work_then_told_so_then_offered_what_may_be_meant() {
        var offer = new Part.Menu.Option("entry:1", "How long does delivery take?");
        var conversation = waits(offer);
        // A machine that is held up shows several at once: then it is seen again.
        for (var tries = 0; tries < 5 && !isShownOneByOne(fixture.working()); tries++) conversation = waits(offer);

        var told = fixture.working();
        assertThat(told.getFirst().words()).isEmpty();
        assertThat(told.get(1).words()).as("renewed").isEmpty();
        assertThat(told).anySatisfy(work -> {
            assertThat(work.words()).isEqualTo("Let me look into that for you. One moment, please…");
            assertThat(work.offers()).isEmpty();
        });
        assertThat(fixture.said(conversation)).as("nothing of it is stored").hasSize(1);
        teller.answers("In Hamburg.");
        fixture.replies(conversation, 1);
        until(() -> !fixture.working().getLast().on());
    }

    /** Somebody waits until an offer is made. */
    private Conversation waits(Part.Menu.Option offer) {
        restart(
                new TurnTimes(
                        8,
                        SOON,
                        Duration.ofMillis(100),
                        Duration.ofMillis(100),
                        Duration.ofMillis(1_000),
                        Duration.ofMillis(2_000),
                        NEVER,
                        NEVER,
                        LEAVE),
                LIVE,
                List.of(offer));
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Where is my parcel?");
        until(() -> fixture.working().stream().anyMatch(work -> work.offers().equals(List.of(offer))));
        return conversation;
    }

    private static boolean isShownOneByOne(List<Presence.Working> told) {
        return told.get(1).words().isEmpty()
                && told.stream()
                        .anyMatch(
                                work -> !work.words().isEmpty() && work.offers().isEmpty());
    }

    @Test
    void what_a_customer_chooses_of_that_is_answered_alone() {
        var offer = new Part.Menu.Option("entry:1", "How long does delivery take?");
        restart(
                new TurnTimes(8, SOON, NEVER, NEVER, NEVER, Duration.ofMillis(20), NEVER, NEVER, LEAVE),
                LIVE,
                List.of(offer));
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Where is my parcel?");
        until(() -> !fixture.working().isEmpty());

        fixture.says("anna", "How long does delivery take?");
        until(() -> teller.asked.size() == 2);
        teller.answers("Three days.");

        assertThat(fixture.replies(conversation, 1)).hasSize(1);
        assertThat(teller.asked.getLast()).isEqualTo("How long does delivery take?");
        assertThat(fixture.questions(conversation)).containsExactly(MessageState.ANSWERED, MessageState.ANSWERED);
    }

    @Test
    void when_there_is_no_word_of_an_answer_in_time_a_person_is_called_and_what_comes_later_is_kept() {
        teller.stubborn = true;
        restart(
                new TurnTimes(8, SOON, NEVER, NEVER, NEVER, NEVER, Duration.ofMillis(100), NEVER, LEAVE),
                LIVE,
                List.of());
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Where is my parcel?");

        var words = fixture.replies(conversation, 1).getFirst();
        assertThat(words.message().text()).contains("getting a person");
        assertThat(fixture.now(conversation).mode()).isEqualTo(Mode.WAITING);
        assertThat(Json.tree(words.trace().orElseThrow()).at("/passed/0/code").asText())
                .isEqualTo("late");
        until(() -> teller.calledOff.get() == 1);
        teller.answers("In Hamburg.");
        assertThat(fixture.replies(conversation, 2).getLast().state()).isEqualTo(MessageState.DISCARDED);
    }

    @Test
    void an_answer_that_never_ends_stays_as_far_as_it_was_shown_and_a_person_goes_on() {
        teller.stubborn = true;
        restart(
                new TurnTimes(8, SOON, NEVER, NEVER, NEVER, NEVER, NEVER, Duration.ofSeconds(2), LEAVE),
                LIVE,
                List.of());
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Where is my parcel?");
        until(() -> teller.asked.size() == 1);
        teller.draft("It is in");

        var words = fixture.replies(conversation, 1).getFirst().message().text();

        assertThat(words).startsWith("It is in").contains("getting a person");
    }

    static List<Abilities> thatSend() {
        var edits = new Abilities.Streaming.Edits(Duration.ofMillis(500), 100);
        return List.of(Abilities.pushed(2_000), sending(edits, Integer.MAX_VALUE), sending(edits, 3));
    }

    private static Abilities sending(Abilities.Streaming streaming, int replies) {
        return new Abilities(Abilities.DeliveryKind.PUSHED, streaming, 2_000, Duration.ofHours(48), replies);
    }

    @ParameterizedTest
    @MethodSource("thatSend")
    void where_nothing_passing_can_be_shown_one_line_is_sent_and_the_answer_follows_it(Abilities abilities) {
        restart(
                new TurnTimes(8, SOON, NEVER, NEVER, Duration.ofMillis(30), NEVER, NEVER, NEVER, LEAVE),
                abilities,
                List.of());
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Where is my parcel?");

        until(() -> fixture.saidBy(Speaker.Kind.HUB, conversation).size() == 1);
        assertThat(fixture.questions(conversation)).containsExactly(MessageState.RECEIVED);
        teller.answers("In Hamburg.");
        fixture.replies(conversation, 1);

        assertThat(fixture.said(conversation))
                .extracting(message -> message.speaker().kind(), message -> message.state())
                .containsExactly(
                        tuple(Speaker.Kind.CUSTOMER, MessageState.ANSWERED),
                        tuple(Speaker.Kind.HUB, MessageState.READY),
                        tuple(Speaker.Kind.BOT, MessageState.READY));
        assertThat(fixture.questions(conversation)).containsExactly(MessageState.ANSWERED);
    }

    static List<Abilities> thatNeedNoLine() {
        return List.of(
                sending(new Abilities.Streaming.Fetched(), Integer.MAX_VALUE),
                sending(new Abilities.Streaming.Whole(), 2));
    }

    @ParameterizedTest
    @MethodSource("thatNeedNoLine")
    void where_the_platform_shows_that_it_waits_or_the_line_would_take_the_answers_place_none_is_sent(
            Abilities abilities) {
        restart(
                new TurnTimes(8, SOON, NEVER, NEVER, Duration.ofMillis(30), Duration.ofMillis(60), NEVER, NEVER, LEAVE),
                abilities,
                List.of(new Part.Menu.Option("entry:1", "How long does delivery take?")));
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Where is my parcel?");

        until(() -> fixture.working().stream().anyMatch(work -> !work.offers().isEmpty()));
        teller.answers("In Hamburg.");
        fixture.replies(conversation, 1);

        assertThat(fixture.saidBy(Speaker.Kind.HUB, conversation)).isEmpty();
    }

    @Test
    void what_models_were_asked_stands_in_the_trace_also_when_a_plugin_asked_on_its_own_thread() {
        fixture.responder("teller", (turn, _) -> {
            assertThat(Subject.now().conversation()).isEqualTo(turn.conversationId());
            var notes = CallNotes.current();
            assertThat(notes.payer().assistant()).isEqualTo("teller");
            assertThat(notes.payer().conversation().map(Object::toString)).contains(turn.conversationId());
            var used = new Used(
                    "main",
                    "m-large",
                    true,
                    new Usage(true, 120, 0, 30, 0),
                    4_200,
                    2,
                    Duration.ofMillis(300),
                    Duration.ofMillis(900));
            notes.add(new CallNotes.Note("support", Purpose.ANSWER, new ModelOutcome.Partial("In", used)));
            return answer("In Hamburg.");
        });

        var reply =
                fixture.replies(fixture.says("anna", "Where is my parcel?"), 1).getFirst();

        var model = Json.tree(reply.trace().orElseThrow()).at("/models/0");
        assertThat(model.get("alias").asText()).isEqualTo("support");
        assertThat(model.get("outcome").asText()).isEqualTo("partial");
        assertThat(model.get("deployment").asText()).isEqualTo("main");
        assertThat(model.get("tokensIn").asInt()).isEqualTo(120);
        assertThat(model.get("tokensOut").asInt()).isEqualTo(30);
        assertThat(model.get("cost").asLong()).isEqualTo(4_200);
        assertThat(model.get("attempts").asInt()).isEqualTo(2);
        assertThat(model.get("firstWordsMillis").asInt()).isEqualTo(300);
    }

    @Test
    void two_hundred_conversations_that_hang_hold_up_no_other_one_and_no_connection() {
        fixture.responder("teller", (turn, sink) -> {
            if (!turn.question().text().equals("quick one.")) return teller.respond(turn, sink);
            turn.history().latest(5);
            return answer("at once");
        });
        for (var i = 0; i < 200; i++) fixture.says("customer " + i, "This takes long.");
        until(() -> teller.asked.size() == 200);

        var began = Stalls.now();
        fixture.replies(fixture.says("anna", "quick one."), 1);

        assertThat(Stalls.since(began)).isLessThan(Duration.ofSeconds(5));
        until(() -> fixture.talk.database.connectionsInUse() == 0);
        teller.end();
    }

    private List<String> answerIds() {
        return fixture.presences.stream()
                .flatMap(presence ->
                        presence instanceof Presence.Drafted drafted ? Stream.of(drafted.answerId()) : Stream.empty())
                .distinct()
                .toList();
    }

    private void restart(TurnTimes times, Abilities abilities, List<Part.Menu.Option> candidates) {
        fixture.close();
        fixture = new AnsweringFixture(times, abilities, candidates).listening();
    }

    /** Masks a word, and holds back what may become it. */
    private record Holding(String word) implements Filter {
        @Override
        public Set<Stage> stages() {
            return Set.of(Stage.BOT_OUT);
        }

        @Override
        public Verdict apply(Message message, Facts facts, Stage stage) {
            return message.text().contains(word)
                    ? Verdict.rewrite(List.of(new Part.Text(message.text().replace(word, "*".repeat(word.length())))))
                    : Verdict.pass();
        }

        @Override
        public int safeUntil(String soFar, Facts facts) {
            var found = soFar.indexOf(word);
            if (found >= 0) return found;
            for (var start = Math.max(0, soFar.length() - word.length()); start < soFar.length(); start++) {
                if (word.startsWith(soFar.substring(start))) return start;
            }
            return soFar.length();
        }
    }
}
