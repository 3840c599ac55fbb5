package io.kefuhub.translate.http;

import io.kefuhub.ai.exchange.RetryAfter;
import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import io.kefuhub.api.translate.TranslatorContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a service. What it translates between is asked once an hour, so that no text goes out in vain. Safe for threads. */
final class ServiceTranslator implements Translator {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int QUOTA_USED_UP = 456;

    private final Shape shape;
    private final TranslatorContext context;
    private volatile Optional<Learnt> learnt = Optional.empty();

    private record Learnt(Shape.Known known, Instant at) {}

    /** What a call came to: one answer after the other, or why not. */
    private sealed interface Answers {
        record All(List<String> bodies) implements Answers {}

        record Not(Translation why, String setting) implements Answers {}
    }

    ServiceTranslator(Shape shape, TranslatorContext context) {
        this.shape = shape;
        this.context = context;
    }

    @Override
    public CheckResult check() {
        return switch (ask(shape.languages())) {
            case Answers.All(var bodies) ->
                shape.known(bodies).isPresent()
                        ? new CheckResult.Fine()
                        : wrong("address", "it answers, but not as such a service does");
            case Answers.Not(Translation.Failed(var reason), var setting) -> wrong(setting, reason);
            case Answers.Not _ -> new CheckResult.Fine();
        };
    }

    private static CheckResult wrong(String setting, String text) {
        return new CheckResult.Wrong(List.of(new CheckResult.Problem(setting, text)));
    }

    @Override
    public Translation translate(List<String> texts, Language from, Language to, Map<String, String> glossary) {
        var known = known();
        if (known.isEmpty()) return new Translation.Failed("the service does not say what it translates");
        var pair = known.get().pair(from, to);
        if (pair.isEmpty()) return new Translation.NotThisPair();
        var questions = new ArrayList<Http.Request>();
        for (var i = 0; i < texts.size(); i += Shape.MOST_TEXTS) {
            var some = texts.subList(i, Math.min(texts.size(), i + Shape.MOST_TEXTS));
            questions.add(shape.question(some, pair.get(), glossary));
        }
        return switch (ask(questions)) {
            case Answers.Not(var why, var _) -> why;
            case Answers.All(var bodies) -> {
                var made = new ArrayList<String>();
                for (var body : bodies) shape.texts(body).ifPresent(made::addAll);
                yield made.size() == texts.size() && made.stream().noneMatch(String::isBlank)
                        ? new Translation.Translated(made)
                        : new Translation.Failed("the service's answer has not as many texts as the question");
            }
        };
    }

    private Optional<Shape.Known> known() {
        var now = context.clock().instant();
        var before = learnt;
        if (before.filter(one -> one.at().plus(FRESH).isAfter(now)).isPresent()) return before.map(Learnt::known);
        if (ask(shape.languages()) instanceof Answers.All(var bodies)) {
            var known = shape.known(bodies);
            if (known.isPresent()) learnt = Optional.of(new Learnt(known.get(), now));
        }
        // What it knew an hour ago is better than nothing.
        return learnt.map(Learnt::known);
    }

    private Answers ask(List<Http.Request> questions) {
        var bodies = new ArrayList<String>();
        for (var question : questions) {
            switch (context.http().call(question).send()) {
                case Http.Outcome.Answered answered when answered.isOk() -> bodies.add(answered.body());
                case Http.Outcome.Answered(var status, var headers, var _) -> {
                    return refused(status, headers);
                }
                case Http.Outcome.NotAllowed(var host) -> {
                    return not("the host " + host + " is not allowed", "address");
                }
                case Http.Outcome.Failed(var _, var reason) -> {
                    return not("the service cannot be reached: " + reason, "address");
                }
                case Http.Outcome.TimedOut _ -> {
                    return not("the service does not answer in time", "address");
                }
                case Http.Outcome.Cancelled _ -> {
                    return not("it was called off", "address");
                }
            }
        }
        return new Answers.All(bodies);
    }

    private Answers refused(int status, Map<String, List<String>> headers) {
        return switch (status) {
            case 401, 403 -> not("the service does not take this key", "key");
            case 404 -> not("there is no such service at this address", "address");
            case QUOTA_USED_UP -> not("the quota of this key is used up", "key");
            case 429, 503, 529 ->
                new Answers.Not(
                        new Translation.RetryLater(
                                RetryAfter.of(headers, context.clock().instant())
                                        .orElse(PAUSE)),
                        "address");
            default -> not("the service answers with status " + status, "address");
        };
    }

    private static Answers not(String why, String setting) {
        return new Answers.Not(new Translation.Failed(why), setting);
    }
}
