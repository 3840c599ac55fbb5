package io.kefuhub.core.models.catalogue;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tries one deployment with one small question, in the books like any other. Safe for threads; waits for the answer. */
public final class Tryout {
    /** A question with some history and knowledge, and an answer of a few sentences. */
    public static final Usage USUAL = new Usage(true, 1_500, 0, 300, 0);

    public static final Duration USUAL_TIME = Duration.ofSeconds(5);
    private static final int MOST_TOKENS = 256;
    private static final int FIRST_WORDS = 200;
    private static final int THOUSAND = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(40);
    private static final Words QUESTION =
            new Words("Say hello to a customer, in one short sentence.", "请用一句简短的话向顾客问好。");

    private final Asker asker;
    private final CatalogueKeeper keeper;
    private final Function<Deployment, Optional<Long>> price;

    /** Asks one deployment alone. */
    public interface Asker {
        ModelOutcome ask(Deployment deployment, ModelQuestion question, AiSink sink, Cancel cancel);
    }

    /**
     * What it came to.
     *
     * @param problem why it did not answer; empty when it did
     * @param reported whether the provider counted the tokens
     * @param cost in 10⁻⁹ of the hub's currency
     * @param perThousand what a thousand questions of a usual size cost, where there is a price
     */
    public record Result(
            boolean answered,
            String text,
            String problem,
            long firstContentMs,
            long wholeMs,
            boolean reported,
            long inputTokens,
            long outputTokens,
            long cost,
            Optional<Long> perThousand) {}

    /** @param price what one question of a usual size costs, where that is known */
    public Tryout(CatalogueKeeper keeper, Asker asker, Function<Deployment, Optional<Long>> price) {
        this.keeper = keeper;
        this.asker = asker;
        this.price = price;
    }

    Optional<Long> perThousand(Deployment deployment) {
        return price.apply(deployment).map(one -> one * THOUSAND);
    }

    /** @param words gives what to ask in the language of whoever tries */
    Result run(Deployment deployment, Function<Words, String> words) {
        var question = new ModelQuestion(
                "",
                Purpose.TEST,
                Payer.apart("", "test"),
                "",
                List.of(new AiRequest.Turn(AiRequest.Role.USER, words.apply(QUESTION), List.of())),
                MOST_TOKENS,
                0,
                true,
                Map.of(),
                LONGEST,
                LONGEST);
        var outcome = asker.ask(deployment, question, new Deaf(), Cancel.NEVER);
        if (outcome instanceof ModelOutcome.Answered) keeper.on(deployment.key());
        return result(deployment, outcome, words);
    }

    private Result result(Deployment deployment, ModelOutcome outcome, Function<Words, String> words) {
        var used = outcome.used();
        var text = outcome instanceof ModelOutcome.Answered(var whole, var _, var _) ? whole : "";
        return new Result(
                outcome instanceof ModelOutcome.Answered,
                text.substring(0, Math.min(FIRST_WORDS, text.length())),
                problem(outcome, words),
                used.firstContent().toMillis(),
                used.whole().toMillis(),
                used.usage().reported(),
                used.usage().input(),
                used.usage().output(),
                used.cost(),
                perThousand(deployment));
    }

    private static String problem(ModelOutcome outcome, Function<Words, String> words) {
        return switch (outcome) {
            case ModelOutcome.Answered _ -> "";
            case ModelOutcome.Partial _ -> words.apply(new Words("The answer broke off.", "回答中途中断。"));
            case ModelOutcome.Withheld _ -> words.apply(new Words("The provider withheld the answer.", "服务商拦截了回答。"));
            case ModelOutcome.TooLong _ ->
                words.apply(new Words("The question does not fit the window.", "问题超出了模型的上下文窗口。"));
            case ModelOutcome.Cancelled _ -> words.apply(new Words("It was called off.", "已取消。"));
            case ModelOutcome.NotAnswered(var why, var detail, var _, var _) -> words.apply(words(why)) + " " + detail;
        };
    }

    private static Words words(ModelOutcome.Why why) {
        return switch (why) {
            case NO_MODEL -> new Words("It cannot be asked:", "无法提问：");
            case BUDGET -> new Words("The budget does not allow it:", "预算不足：");
            case LIMIT -> new Words("Its limit is reached:", "已达到限额：");
            case BUSY -> new Words("It is busy or rests:", "正忙或处于熔断状态：");
            case FAILED -> new Words("It failed:", "调用失败：");
            case DEADLINE -> new Words("It did not answer in time:", "未在时限内回答：");
            case FILTERED -> new Words("A filter does not let it leave:", "过滤器不允许发送：");
            case DATABASE_AWAY -> new Words("The books cannot be written:", "账目暂时无法写入：");
        };
    }

    /** The whole answer is enough. */
    private static final class Deaf implements AiSink {
        @Override
        public void content(String piece) {}

        @Override
        public void reasoning(String piece) {}

        @Override
        public void usage(Usage usage) {}
    }
}
