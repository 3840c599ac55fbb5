package io.kefuhub.translate.http;

import io.kefuhub.ai.exchange.RetryAfter;
import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
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

        /** @param setting what to look at */
        record Not(Translation why, Localized words, String setting) implements Answers {}
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
                        : wrong(
                                "address",
                                Localized.of("it answers, but not as such a service does", "该地址有应答，但不是此类翻译服务"));
            case Answers.Not(Translation.Failed _, var words, var setting) -> wrong(setting, words);
            case Answers.Not _ -> new CheckResult.Fine();
        };
    }

    private static CheckResult wrong(String setting, Localized text) {
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
            case Answers.Not(var why, var _, var _) -> why;
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
                    return not("the host " + host + " is not allowed", "未允许访问主机 " + host, "address");
                }
                case Http.Outcome.Failed(var _, var reason) -> {
                    return not("the service cannot be reached: " + reason, "无法连接翻译服务：" + reason, "address");
                }
                case Http.Outcome.TimedOut _ -> {
                    return not("the service does not answer in time", "翻译服务未在时限内应答", "address");
                }
                case Http.Outcome.Cancelled _ -> {
                    return not("it was called off", "调用已取消", "address");
                }
            }
        }
        return new Answers.All(bodies);
    }

    private Answers refused(int status, Map<String, List<String>> headers) {
        return switch (status) {
            case 401, 403 -> not("the service does not take this key", "翻译服务不接受此密钥", "key");
            case 404 -> not("there is no such service at this address", "该地址没有此类翻译服务", "address");
            case QUOTA_USED_UP -> not("the quota of this key is used up", "此密钥的配额已用完", "key");
            case 429, 503, 529 ->
                new Answers.Not(
                        new Translation.RetryLater(
                                RetryAfter.of(headers, context.clock().instant())
                                        .orElse(PAUSE)),
                        Localized.of("the service is busy", "翻译服务繁忙"),
                        "address");
            default -> not("the service answers with status " + status, "翻译服务返回状态码 " + status, "address");
        };
    }

    private static Answers not(String why, String chinese, String setting) {
        return new Answers.Not(new Translation.Failed(why), Localized.of(why, chinese), setting);
    }
}
