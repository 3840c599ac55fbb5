package io.kefuhub.core.models.counting;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.RoughEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CountedEstimateTest {
    private static final int ROUNDS = 40;

    private final Tokens tokens = new Tokens();
    private final RoughEstimate rough = new RoughEstimate();
    private final Encoding newer = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private final Encoding older = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

    @BeforeAll
    void ready() {
        tokens.ready().join();
    }

    /** What people write, a sign or a word at a time. */
    enum Script {
        CHINESE(random -> point(random, 0x4E00, 0x9FA5)),
        RARE_HAN(random -> point(random, 0x20000, 0x2A6D0)),
        EMOJI(random -> point(random, 0x1F300, 0x1F64F)),
        THAI(random -> point(random, 0xE01, 0xE3A)),
        ARABIC(random -> point(random, 0x621, 0x64A)),
        UUIDS(random -> new UUID(random.nextLong(), random.nextLong()) + " "),
        DIGITS(random -> Integer.toString(random.nextInt(10))),
        MIXED(random -> Script.values()[random.nextInt(7)].sign.apply(random));

        private final Function<Random, String> sign;

        Script(Function<Random, String> sign) {
            this.sign = sign;
        }

        private static String point(Random random, int from, int to) {
            return Character.toString(random.nextInt(from, to));
        }

        String text(Random random, int signs) {
            var text = new StringBuilder();
            for (var i = 0; i < signs; i++) text.append(sign.apply(random));
            return text.toString();
        }
    }

    @ParameterizedTest
    @EnumSource(Script.class)
    void no_question_is_estimated_below_what_it_has(Script script) {
        var estimate = new CountedEstimate(tokens, new Factors());
        var random = new Random(script.ordinal());
        for (var round = 0; round < ROUNDS; round++) {
            var question = question(script.text(random, 1 + random.nextInt(300)));

            assertThat(estimate.question("m", question))
                    .as(question.messages().getLast().text())
                    .isGreaterThanOrEqualTo(real(newer, question))
                    .isGreaterThanOrEqualTo(rough.question("m", question));
        }
    }

    @Test
    void a_rough_count_alone_would_have_been_too_low() {
        var random = new Random(1);

        for (var script : List.of(Script.RARE_HAN, Script.EMOJI, Script.UUIDS)) {
            var question = question(script.text(random, 300));
            assertThat(rough.question("m", question)).as(script.name()).isLessThan(real(newer, question));
        }
    }

    @ParameterizedTest
    @EnumSource(Script.class)
    void a_model_that_counts_otherwise_is_known_after_a_while(Script script) {
        var factors = new Factors();
        var estimate = new CountedEstimate(tokens, factors);
        var random = new Random(script.ordinal());
        var questions = new ArrayList<ModelQuestion>();
        for (var i = 0; i < 100; i++) questions.add(question(script.text(random, 200 + random.nextInt(100))));

        for (var question : questions) {
            estimate.counted("old", question, new Usage(true, real(older, question), 0, 10, 0));
        }

        var question = questions.getLast();
        var theirs = real(older, question);
        assertThat(estimate.question("old", question))
                .isBetween(theirs, Math.max((long) (theirs * 1.6) + 100, rough.question("old", question)));
        assertThat(factors.of("another")).isEqualTo(1.15);
    }

    @Test
    void what_a_picture_costs_teaches_nothing_about_words() {
        var factors = new Factors();
        var estimate = new CountedEstimate(tokens, factors);
        var seen = new ModelQuestion(
                "chat",
                Purpose.ANSWER,
                Payer.apart("main", ""),
                "",
                List.of(new AiRequest.Turn(
                        AiRequest.Role.USER, "What is this?", List.of(new StoredFile("1", "a.png", "image/png", 10)))),
                10,
                0,
                false,
                java.util.Map.of(),
                ModelQuestion.USUAL_FIRST_TEXT,
                ModelQuestion.USUAL_END);

        estimate.counted("m", seen, new Usage(true, 9_000, 0, 10, 0));

        assertThat(factors.of("m")).isEqualTo(1.15);
        assertThat(estimate.question("m", seen)).isGreaterThan(1_500);
    }

    @Test
    void the_same_words_are_counted_once_however_often_they_are_asked_about() {
        var estimate = new CountedEstimate(tokens, new Factors());
        var long20k = question(Script.MIXED.text(new Random(7), 20_000));
        var start = System.nanoTime();
        estimate.question("m", long20k);
        var once = System.nanoTime() - start;

        // A busy machine may hold some up.
        var again = Long.MAX_VALUE;
        for (var round = 0; round < 5; round++) {
            start = System.nanoTime();
            for (var i = 0; i < 100; i++)
                estimate.text("m" + i, long20k.messages().getLast().text());
            again = Math.min(again, System.nanoTime() - start);
        }
        assertThat(again).isLessThan(Math.max(once * 20, 50_000_000L));
    }

    private static long real(Encoding encoding, ModelQuestion question) {
        var all = encoding.countTokensOrdinary(question.system()) + 4L;
        for (var message : question.messages()) all += encoding.countTokensOrdinary(message.text()) + 4L;
        return all;
    }

    private static ModelQuestion question(String text) {
        return ModelQuestion.of(
                "chat",
                Purpose.ANSWER,
                Payer.apart("main", ""),
                "Be kind.",
                List.of(new AiRequest.Turn(AiRequest.Role.USER, text, List.of())));
    }
}
