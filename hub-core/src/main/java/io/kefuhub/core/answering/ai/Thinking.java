package io.kefuhub.core.answering.ai;

import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.respond.Response;
import io.kefuhub.core.answering.ai.context.Assembly;
import io.kefuhub.core.answering.ai.context.Prompt;
import io.kefuhub.core.answering.ai.reply.GroundedText;
import io.kefuhub.core.answering.ai.reply.Grounding;
import io.kefuhub.core.answering.ai.reply.Structured;
import io.kefuhub.core.answering.ai.reply.StructuredText;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.Used;
import io.kefuhub.core.models.counting.Factors;
import io.kefuhub.core.models.counting.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks models, the first choice and then the cheaper one, and believes of the answer what can be shown to be so. Safe for
 * threads.
 */
final class Thinking {
    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final double TEMPERATURE = 0.2;
    private static final double SHORTER = 0.6;

    private final AiSettings settings;
    private final ModelGateway models;
    private final Tokens tokens;
    private final Factors factors;

    Thinking(AiSettings settings, ModelGateway models, Tokens tokens, Factors factors) {
        this.settings = settings;
        this.models = models;
        this.tokens = tokens;
        this.factors = factors;
    }

    /** @param drafts told of what may be shown so far; never takes anything back */
    Thought about(Inquiry inquiry, Consumer<String> drafts, Cancel cancel) {
        var first = new Attempt(inquiry, settings.alias(), Rung.FULL, drafts, cancel).make();
        if (!(first instanceof Thought.Nothing(var why)) || settings.cheaper().isEmpty()) return first;
        // Nobody can write another one down either, and what may not leave may leave for nobody.
        if (why.isEmpty()
                || why.get() == ModelOutcome.Why.DATABASE_AWAY
                || why.get() == ModelOutcome.Why.FILTERED
                || left(inquiry).compareTo(LEAST) < 0) return first;
        return new Attempt(inquiry, settings.cheaper(), Rung.CHEAPER, drafts, cancel).make();
    }

    /** Whether there is time enough to ask once more. */
    boolean mayBeginAgain(Inquiry inquiry) {
        return left(inquiry).compareTo(LEAST) >= 0;
    }

    private static Duration left(Inquiry inquiry) {
        return inquiry.rules().forModels().minusNanos(System.nanoTime() - inquiry.began());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** One alias asked once, or twice when the first question was too long. One thread only. */
    private final class Attempt implements AiSink {
        private final Inquiry inquiry;
        private final String alias;
        private final Rung rung;
        private final Consumer<String> drafts;
        private final Cancel cancel;
        private final Grounding grounding;
        private final StructuredText reader = new StructuredText();
        private GroundedText grounded;
        private String judged = "";
        private String shown = "";

        Attempt(Inquiry inquiry, String alias, Rung rung, Consumer<String> drafts, Cancel cancel) {
            this.inquiry = inquiry;
            this.alias = alias;
            this.rung = rung;
            this.drafts = drafts;
            this.cancel = cancel;
            this.grounding = Grounding.in(inquiry.sources(settings.instructions()));
            this.grounded = new GroundedText(grounding);
        }

        Thought make() {
            var prompt = prompt(1);
            if (prompt.isEmpty()) return new Thought.Nothing(Optional.empty());
            var outcome = ask(prompt.get());
            if (outcome instanceof ModelOutcome.TooLong) {
                factors.tooLong(alias);
                prompt = prompt(SHORTER);
                if (prompt.isEmpty()) return new Thought.Nothing(Optional.empty());
                outcome = ask(prompt.get());
            }
            learn(prompt.get(), outcome.used().usage());
            return judge(prompt.get(), outcome);
        }

        private Optional<Prompt> prompt(double share) {
            return Assembly.of(
                    inquiry.material(),
                    tokens,
                    (int) (settings.room() * share),
                    factors.of(alias),
                    inquiry.rules().prompt());
        }

        private ModelOutcome ask(Prompt prompt) {
            var question = new ModelQuestion(
                    alias,
                    Purpose.ANSWER,
                    inquiry.payer(),
                    prompt.system(),
                    prompt.messages(),
                    settings.maxTokens(),
                    TEMPERATURE,
                    true,
                    settings.structured() ? Map.of("json_schema", Structured.SCHEMA) : Map.of(),
                    shorter(inquiry.rules().times().firstText(), left(inquiry)),
                    left(inquiry));
            return models.ask(question, this, cancel);
        }

        private void learn(Prompt prompt, Usage usage) {
            if (usage.reported()) factors.reported(alias, prompt.tokens(), usage.input());
        }

        private Thought judge(Prompt prompt, ModelOutcome outcome) {
            return switch (outcome) {
                case ModelOutcome.Answered(var text, var finish, var used) -> {
                    var fields = finish == AiReply.Finish.LENGTH ? Structured.broken(text) : Structured.read(text);
                    yield fields.map(said -> judge(prompt, said, finish, used))
                            .orElseGet(() -> new Thought.Nothing(Optional.empty()));
                }
                case ModelOutcome.Partial(var text, var used) -> partial(prompt, text, used);
                case ModelOutcome.Withheld _ -> new Thought.Withheld();
                case ModelOutcome.Cancelled _ -> new Thought.Cancelled();
                case ModelOutcome.TooLong _ -> {
                    factors.tooLong(alias);
                    yield new Thought.Nothing(Optional.empty());
                }
                case ModelOutcome.NotAnswered(var why, var _, var _, var _) -> new Thought.Nothing(Optional.of(why));
            };
        }

        private Thought judge(Prompt prompt, Structured said, AiReply.Finish finish, Used used) {
            var text = finish == AiReply.Finish.LENGTH
                    ? sentences(said.answer())
                    : sameText(said.answer()).whole(said.answer());
            var dropped = grounded.dropped();
            if (dropped > 0) inquiry.notes().remark("dropped", Integer.toString(dropped));
            if (said.handOver()) return new Thought.Person(text, true, rung, used);
            if (text.isEmpty()) return new Thought.Nothing(Optional.empty());
            if (prompt.passages().isEmpty() && said.kind() == Structured.Kind.ANSWER) return new Thought.Unsupported();
            if (said.kind() == Structured.Kind.ANSWER && said.confidence().orElse(1.0) < settings.confidence()) {
                return new Thought.Person(shown.isEmpty() ? "" : text, false, rung, used);
            }
            return new Thought.Said(
                    text,
                    citations(prompt, said),
                    said.confidence(),
                    rung,
                    used,
                    dropped == 0 && finish == AiReply.Finish.STOP ? Thought.Care.WHOLE : Thought.Care.CUT,
                    prompt.exchanges());
        }

        /** What was shown stays, up to the end of a sentence; what was not is as if it had never come. */
        private Thought partial(Prompt prompt, String text, Used used) {
            var fields = Structured.broken(text);
            var kept = fields.map(said -> sentences(said.answer())).orElse("");
            if (kept.isEmpty() || prompt.passages().isEmpty()) {
                return new Thought.Nothing(Optional.of(ModelOutcome.Why.FAILED));
            }
            return new Thought.Said(
                    kept, List.of(), Optional.empty(), rung, used, Thought.Care.PARTIAL, prompt.exchanges());
        }

        /** Up to the end of the last whole sentence. */
        private String sentences(String text) {
            return sameText(text).soFar(text + " ").strip();
        }

        /** What has judged the beginning of this text; begins anew where it was another text that grew. */
        private GroundedText sameText(String text) {
            if (!text.startsWith(judged.strip())) grounded = new GroundedText(grounding);
            return grounded;
        }

        /** Whoever names none draws on all that it was shown. */
        private List<Response.Citation> citations(Prompt prompt, Structured said) {
            if (said.kind() != Structured.Kind.ANSWER) return List.of();
            var all = prompt.passages();
            var named = said.citations().stream()
                    .filter(number -> number >= 1 && number <= all.size())
                    .map(number -> all.get(number - 1).source())
                    .toList();
            return said.confidence().isEmpty() && named.isEmpty()
                    ? all.stream().map(Passage::source).toList()
                    : named;
        }

        @Override
        public void content(String piece) {
            if (!reader.add(piece) || inquiry.material().passages().isEmpty()) return;
            // What could be anything between a word and JSON that is wrapped in words is not shown.
            var text = reader.text().stripLeading();
            if (text.contains("{\"")) return;
            judged = text;
            var next = grounded.soFar(text).strip();
            if (next.equals(shown)) return;
            shown = next;
            drafts.accept(next);
        }

        @Override
        public void reasoning(String piece) {}

        @Override
        public void usage(Usage usage) {}
    }
}
