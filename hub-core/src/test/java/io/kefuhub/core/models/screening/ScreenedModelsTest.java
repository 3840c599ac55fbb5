package io.kefuhub.core.models.screening;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.models.EmbeddingGateway;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.Used;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Scope;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Terms;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScreenedModelsTest {
    private static final Payer ANNA =
            new Payer("main", "web", "helper", "anna", Optional.of(new UUID(0, 1)), Optional.empty());

    private final Contributions contributions = new Contributions();
    private final Guard guard = new Guard();
    private final AtomicInteger looked = new AtomicInteger();
    private final List<ModelQuestion> asked = new ArrayList<>();
    private final List<ModelOutcome> refused = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private BiFunction<ModelQuestion, AiSink, ModelOutcome> model = (_, sink) -> says(sink, "Yes.");

    private final Screening screening = new Screening(
            new FilterChain(contributions, guard),
            payer -> {
                looked.incrementAndGet();
                return new Facts(
                        payer.desk(), payer.channel(), Language.EN, Map.of("vip", "yes"), Instant.EPOCH, List.of());
            },
            new Ids(Clock.systemUTC()));
    private final ModelGateway models = new ScreenedModels(
            (question, sink, _) -> {
                asked.add(question);
                return model.apply(question, sink);
            },
            screening,
            (_, outcome) -> refused.add(outcome));

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void what_a_filter_hides_is_hidden_everywhere_alike_and_back_in_every_piece_and_in_the_whole() {
        filter(new Hiding());
        model = (_, sink) -> says(sink, "Order [N", "1] and [", "N2] are [late]");

        var outcome = ask("Order 111111.", "What of 222222?", "It is late.", "And 111111?");

        assertThat(asked.getFirst().system()).isEqualTo("Order [N1].");
        assertThat(asked.getFirst().messages())
                .extracting(AiRequest.Turn::text)
                .containsExactly("What of [N2]?", "It is late.", "And [N3]?");
        assertThat(String.join("", shown)).isEqualTo("Order 111111 and 222222 are [late]");
        assertThat(shown).noneMatch(piece -> piece.contains("[N"));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ModelOutcome.Answered.class,
                        answered -> assertThat(answered.text()).isEqualTo("Order 111111 and 222222 are [late]"));
    }

    @Test
    void what_is_put_back_into_json_leaves_it_json() {
        filter(rewriting(Map.of("[NAME]", "Anna \"the\nfirst\"")));
        model = (_, sink) -> says(sink, " {\"answer\":\"Dear [NA", "ME]\"}");

        var outcome = (ModelOutcome.Answered) ask("", "I am Anna");

        assertThat(outcome.text()).isEqualTo(" {\"answer\":\"Dear Anna \\\"the\\nfirst\\\"\"}");
        assertThat(String.join("", shown)).isEqualTo(outcome.text());
    }

    @Test
    void what_two_filters_hid_one_behind_the_other_comes_back_whole() {
        filter("first", rewriting(Map.of("[P]", "13800000000")));
        filter("second", rewriting(Map.of("[LINE]", "call [P]")));
        model = (_, sink) -> says(sink, "I [LINE].");

        assertThat(((ModelOutcome.Answered) ask("", "x")).text()).isEqualTo("I call 13800000000.");
    }

    @Test
    void of_an_answer_that_breaks_off_in_a_placeholder_only_what_stands_before_it_is_told() {
        filter(new Hiding());
        model = (_, sink) -> {
            sink.content("Your number [N1] and [N");
            return new ModelOutcome.Partial("Your number [N1] and [N", Used.NOTHING);
        };

        var outcome = (ModelOutcome.Partial) ask("", "I have 333333.");

        assertThat(outcome.textSoFar()).isEqualTo("Your number 333333 and ");
        assertThat(String.join("", shown)).isEqualTo(outcome.textSoFar());
    }

    @Test
    void what_may_not_leave_is_asked_of_nobody_and_says_which_filter_refused() {
        filter(new Hiding());

        var outcome = (ModelOutcome.NotAnswered) ask("", "the secret");

        assertThat(outcome.why()).isEqualTo(ModelOutcome.Why.FILTERED);
        assertThat(outcome.detail()).contains("hiding");
        assertThat(asked).isEmpty();
        assertThat(refused).containsExactly(outcome);
    }

    @Test
    void what_something_is_hidden_in_or_what_may_not_leave_is_told_apart_from_the_rest() {
        assertThat(models.hides(ANNA, "Order 111111")).isFalse();

        filter(new Hiding());

        assertThat(models.hides(ANNA, "Order 111111")).isTrue();
        assertThat(models.hides(ANNA, "the secret")).isTrue();
        assertThat(models.hides(ANNA, "Where is it?")).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void a_filter_that_makes_other_texts_of_it_leaves_nobody_asked() {
        filter(new Judging((_, _) -> Verdict.rewrite(List.of(new Part.Text("one")))));

        assertThat(ask("two", "three")).isInstanceOf(ModelOutcome.NotAnswered.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void a_filter_is_told_whose_words_they_are() {
        var told = new ArrayList<Facts>();
        filter(new Judging((_, facts) -> {
            told.add(facts);
            return Verdict.pass();
        }));

        ask("", "hello");

        assertThat(told).singleElement().satisfies(facts -> {
            assertThat(facts.desk()).isEqualTo("main");
            assertThat(facts.channel()).isEqualTo("web");
            assertThat(facts.attributes()).containsEntry("vip", "yes");
        });
    }

    @Test
    void where_no_filter_judges_what_leaves_the_question_goes_on_untouched() {
        contributions.replace(Slot.<Filter>of(Kind.FILTER, "late", new Filter() {
            @Override
            public Set<Stage> stages() {
                return Set.of(Stage.CUSTOMER_IN);
            }

            @Override
            public Verdict apply(Message message, Facts facts, Stage stage) {
                return Verdict.block("not asked here");
            }
        }));
        var question = question("be kind", "hello");

        models.ask(question, new Shown(), Cancel.NEVER);

        assertThat(asked.getFirst()).isSameAs(question);
        assertThat(looked).hasValue(0);
    }

    @Test
    void what_is_known_is_judged_before_it_becomes_a_vector_text_by_text() {
        filter(new Hiding());
        var seen = new ArrayList<String>();
        var embeddings = new ScreenedEmbeddings(recording(seen), screening);

        embeddings.embed(ANNA, false, List.of("call 444444", "or 555555", " "), Cancel.NEVER);

        assertThat(seen).containsExactly("call [N1]", "or [N1]", " ");
        assertThat(embeddings.embed(ANNA, false, List.of("fine", "the secret"), Cancel.NEVER))
                .isInstanceOfSatisfying(
                        EmbeddingGateway.Embedded.NotNow.class,
                        no -> assertThat(no.why()).isEqualTo(ModelOutcome.Why.FILTERED));
        assertThat(seen).hasSize(3);
    }

    @Test
    void what_leaves_in_no_desks_name_is_judged_by_the_filters_of_every_desk() {
        contributions.replace(Slot.<Filter>of(
                Kind.FILTER,
                "hiding",
                new Hiding(),
                Terms.of(Kind.FILTER).withScope(new Scope(Set.of("shop"), Set.of()))));
        var seen = new ArrayList<String>();

        new ScreenedEmbeddings(recording(seen), screening)
                .embed(Payer.apart("", "knowledge"), false, List.of("call 444444"), Cancel.NEVER);

        assertThat(seen).containsExactly("call [N1]");
    }

    private static EmbeddingGateway recording(List<String> seen) {
        return new EmbeddingGateway() {
            @Override
            public Optional<String> model() {
                return Optional.of("m");
            }

            @Override
            public boolean hasLocal() {
                return false;
            }

            @Override
            public Embedded embed(Payer payer, boolean localOnly, List<String> texts, Cancel cancel) {
                seen.addAll(texts);
                return new Embedded.NotOffered();
            }
        };
    }

    private void filter(Filter filter) {
        filter("hiding", filter);
    }

    private void filter(String name, Filter filter) {
        contributions.replace(Slot.of(Kind.FILTER, name, filter));
    }

    private static Filter rewriting(Map<String, String> hidden) {
        return new Judging((message, _) -> new Verdict.Rewrite(message.parts(), Set.of(), hidden));
    }

    private ModelOutcome ask(String system, String... messages) {
        return models.ask(question(system, messages), new Shown(), Cancel.NEVER);
    }

    private static ModelQuestion question(String system, String... messages) {
        var turns = List.of(messages).stream()
                .map(text -> new AiRequest.Turn(AiRequest.Role.USER, text, List.of()))
                .toList();
        return ModelQuestion.of("chat", Purpose.ANSWER, ANNA, system, turns);
    }

    private static ModelOutcome says(AiSink sink, String... pieces) {
        for (var piece : pieces) sink.content(piece);
        return new ModelOutcome.Answered(String.join("", pieces), AiReply.Finish.STOP, Used.NOTHING);
    }

    private record Judging(BiFunction<Message, Facts, Verdict> judge) implements Filter {
        @Override
        public Set<Stage> stages() {
            return Set.of(Stage.TO_MODEL);
        }

        @Override
        public Verdict apply(Message message, Facts facts, Stage stage) {
            return judge.apply(message, facts);
        }
    }

    private final class Shown implements AiSink {
        @Override
        public void content(String piece) {
            shown.add(piece);
        }

        @Override
        public void reasoning(String piece) {}

        @Override
        public void usage(Usage usage) {}
    }
}
