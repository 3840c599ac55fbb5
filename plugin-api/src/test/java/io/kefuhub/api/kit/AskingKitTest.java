package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Embedding;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.directory.Directory;
import io.kefuhub.api.directory.Found;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The kit finds out who does not keep the contract, of those that ask a service. */
class AskingKitTest {
    private static final Language FR = new Language("fr");

    private final FakeContext context = new FakeContext("asking");
    private final FakeHttp http = context.http();

    private volatile boolean over;

    @AfterEach
    void close() {
        over = true;
        http.answerAs(_ -> FakeHttp.Played.whole(200, Map.of(), ""));
        context.close();
    }

    // AI providers

    @Test
    void a_provider_that_keeps_the_contract_passes_and_its_dialect_is_known() throws Exception {
        var questions = questions(new SmallProvider(context));

        assertThat(questions.speaks()).contains("Ollama");
        for (var question : questions.all()) question.ask();
        assertThat(questions.all()).hasSize(11);
    }

    @Test
    void a_provider_that_makes_an_answer_of_anything_is_found_out() {
        var careless = new SmallProvider(context) {
            @Override
            AiReply reply(Http.Outcome outcome, String text, boolean ended) {
                return new AiReply.Answer(text, Usage.UNKNOWN, AiReply.Finish.STOP);
            }
        };

        assertFound(questions(careless)::answersAnything, "400");
        assertFound(() -> questions(careless).tellsOfCuts(KnownDialect.OLLAMA), "instead of Broken");
    }

    @Test
    void a_provider_that_waits_no_longer_than_it_likes_is_found_out() {
        var hasty = new SmallProvider(context) {
            @Override
            Duration pause(@Nullable List<String> retryAfter) {
                return Duration.ZERO;
            }
        };

        assertFound(questions(hasty)::answersAnything, "pause of 7 s");
    }

    @Test
    void a_provider_that_repeats_by_itself_is_found_out() {
        var stubborn = new SmallProvider(context) {
            @Override
            public AiReply reply(AiRequest request, AiSink sink, Cancel cancel) {
                var first = super.reply(request, sink, cancel);
                return first instanceof AiReply.Broken ? super.reply(request, sink, cancel) : first;
            }
        };

        assertFound(questions(stubborn)::asksOnce, "500: it asked 2 times");
    }

    @Test
    void a_provider_that_puts_its_key_into_the_address_is_found_out() {
        var open = new SmallProvider(context) {
            @Override
            Http.Request question() {
                return Http.Request.get(URI.create("http://localhost/chat?key=" + KEY), Duration.ofSeconds(60));
            }
        };

        assertFound(questions(open)::keepsSecrets, "in its address");
    }

    @Test
    void a_provider_that_repeats_what_its_service_says_of_the_key_is_found_out() {
        var talkative = new SmallProvider(context) {
            @Override
            public AiReply reply(AiRequest request, AiSink sink, Cancel cancel) {
                var outcome = context.http().call(question()).send();
                return broken(outcome.toString(), "", true);
            }
        };

        assertFound(questions(talkative)::keepsSecrets, "in its reason");
    }

    @Test
    void a_provider_that_does_not_tell_whether_it_may_cost_money_is_found_out() {
        var vague = new SmallProvider(context) {
            @Override
            AiReply reply(Http.Outcome outcome, String text, boolean ended) {
                return broken("it failed", text, true);
            }
        };

        assertFound(questions(vague)::tellsWhetherItLeft, "NotAllowed");
    }

    @Test
    void a_provider_that_does_not_listen_when_it_is_called_off_is_found_out() {
        var deaf = new SmallProvider(context) {
            @Override
            public AiReply reply(AiRequest request, AiSink sink, Cancel cancel) {
                return super.reply(request, sink, Cancel.NEVER);
            }
        };

        assertFound(questions(deaf)::neverSendsCancelled, "it was sent");
        assertFound(questions(deaf)::letsGo, "still waits");
    }

    @Test
    void a_provider_that_loses_a_piece_is_found_out() {
        var lossy = new SmallProvider(context) {
            @Override
            void take(String line, AiSink sink, StringBuilder heard, boolean[] ended) {
                super.take(line, heard.isEmpty() ? unheard() : sink, heard, ended);
            }

            private AiSink unheard() {
                return new AiProviderContract.Pieces();
            }
        };

        assertFound(() -> questions(lossy).readsPieces(KnownDialect.OLLAMA), "the pieces that it tells make");
    }

    @Test
    void a_provider_that_makes_vectors_of_nothing_is_found_out() {
        var inventive = new SmallProvider(context) {
            @Override
            public Embedding embed(String model, List<String> texts) {
                context.http().call(question()).send();
                return new Embedding.Vectors(List.of(new float[2], new float[2]), Usage.UNKNOWN);
            }
        };

        assertFound(questions(inventive)::makesNoVectors, "vectors of that");
    }

    @Test
    void a_provider_that_keeps_one_answer_for_all_is_found_out() {
        var sharing = new SmallProvider(context) {
            private final StringBuffer heard = new StringBuffer();

            @Override
            AiReply reply(Http.Outcome outcome, String text, boolean ended) {
                heard.append(text);
                return super.reply(outcome, heard.toString(), ended);
            }
        };

        assertFound(() -> questions(sharing).sameAtOnce(KnownDialect.OLLAMA), "answers differ");
    }

    private AiProviderQuestions questions(SmallProvider provider) {
        return new AiProviderQuestions(provider, http, List.of(SmallProvider.KEY));
    }

    // Translators

    @Test
    void a_translator_that_keeps_the_contract_passes() throws Exception {
        var questions = translator(
                texts -> texts.stream().map(text -> "« " + text + " »").toList());

        assertThat(questions.translates()).contains("en → fr");
        for (var question : questions.all()) question.ask();
    }

    @Test
    void a_translator_that_mixes_up_or_loses_texts_is_found_out() {
        assertFound(
                translator(
                        texts -> texts.stream().map(text -> text + "!").sorted().toList())::keepsOrder,
                "other way");
        assertFound(translator(texts -> List.of("« " + texts.getFirst() + " »"))::keepsOrder, "6 texts became 1");
        assertFound(translator(texts -> texts.stream().map(_ -> " ").toList())::keepsOrder, "blank");
    }

    @Test
    void a_translator_that_translates_placeholders_is_found_out() {
        var eager = translator(texts ->
                texts.stream().map(text -> text.replace("phone", "téléphone")).toList());

        assertFound(eager::keepsPlaceholders, "[phone-1] is lost");
    }

    @Test
    void a_translator_that_passes_the_original_off_as_a_translation_is_found_out() {
        Translator idle = (texts, _, _, _) -> new Translation.Translated(texts);

        assertFound(
                new TranslatorQuestions(idle, http, Language.EN, FR, new Language("qaa"))::saysWhatItDoesNotKnow,
                "qaa");
    }

    @Test
    void a_translator_that_remembers_is_found_out() {
        var calls = new AtomicInteger();

        assertFound(
                translator(texts -> texts.stream()
                        .map(text -> text + calls.incrementAndGet())
                        .toList())::sameAtOnce,
                "first ");
    }

    @Test
    void a_translator_that_throws_when_its_service_is_away_is_found_out_and_so_is_one_that_waits_for_ever() {
        Translator asking = (texts, _, _, _) -> {
            if (http.call(request()).send() instanceof Http.Outcome.Answered) return new Translation.Translated(texts);
            throw new IllegalStateException("no service");
        };
        Translator patient = (_, _, _, _) -> {
            waitOn();
            return new Translation.NotThisPair();
        };

        assertFound(
                new TranslatorQuestions(asking, http, Language.EN, FR, new Language("qaa"))::serviceAway, "no service");
        assertFound(
                new TranslatorQuestions(patient, http, Language.EN, FR, new Language("qaa"))::endsAndCloses,
                "still waits");
    }

    private TranslatorQuestions translator(Function<List<String>, List<String>> translate) {
        Translator translator = (texts, from, to, _) -> from.equals(Language.EN) && to.equals(FR)
                ? new Translation.Translated(translate.apply(texts))
                : new Translation.NotThisPair();
        return new TranslatorQuestions(translator, http, Language.EN, FR, new Language("qaa"));
    }

    // Directories

    @Test
    void a_directory_that_keeps_the_contract_passes() throws Exception {
        Directory careful =
                contact -> contact.verified() && contact.subject().equals("u_1") ? anna() : new Found.Unknown();

        for (var question : new DirectoryQuestions(careful, http).all()) question.ask();
    }

    @Test
    void a_directory_that_believes_what_anybody_types_is_found_out() {
        Directory trusting =
                contact -> "anna@example.com".equals(contact.attributes().get("email")) ? anna() : new Found.Unknown();

        assertFound(new DirectoryQuestions(trusting, http)::tellsPretendersNothing, "not verified");
    }

    @Test
    void a_directory_that_takes_a_subject_for_a_pattern_is_found_out() {
        Directory matching =
                contact -> contact.verified() && "u_1".matches(contact.subject().equals(".*") ? ".*" : "-")
                        ? anna()
                        : new Found.Unknown();

        assertFound(new DirectoryQuestions(matching, http)::bearsOddSubjects, ".*");
    }

    @Test
    void a_directory_that_knows_everybody_or_throws_or_waits_for_ever_is_found_out() {
        Directory generous = _ -> anna();
        Directory throwing = _ -> {
            if (http.call(request()).send() instanceof Http.Outcome.Answered) return new Found.Unknown();
            throw new IllegalStateException("no records");
        };
        Directory patient = _ -> {
            waitOn();
            return new Found.Unknown();
        };

        assertFound(new DirectoryQuestions(generous, http)::knowsNobody, "tells of somebody");
        assertFound(new DirectoryQuestions(throwing, http)::recordsAway, "no records");
        assertFound(new DirectoryQuestions(patient, http)::endsAndCloses, "still waits");
    }

    /** Whatever is said to its thread, until the test is over. */
    private void waitOn() {
        while (!over) {
            http.call(request()).send();
            Thread.interrupted();
        }
    }

    private static Found anna() {
        return new Found.Known("Anna", Map.of("level", "gold"), "");
    }

    private static Http.Request request() {
        return Http.Request.get(URI.create("http://localhost/x"), Duration.ofSeconds(5));
    }

    private static void assertFound(ThrowingCallable check, String where) {
        assertThatThrownBy(check).isInstanceOfSatisfying(Broken.class, broken -> {
            assertThat(broken.in(Language.EN)).contains(where);
            assertThat(broken.in(Language.ZH_CN)).isNotBlank();
        });
    }
}
