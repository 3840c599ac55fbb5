package io.kefuhub.core.models.routing;

import io.kefuhub.api.AiProviderFactory;
import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Description;
import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiProviderContext;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Embedding;
import io.kefuhub.api.ai.Usage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Speaks to a {@link ModelServer} in lines: {@code t:text}, {@code r:reasoning}, {@code u:input,output}, {@code end}. */
public final class LineProvider implements AiProvider {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private static final SettingSpec ADDRESS = SettingSpec.address("address", "Address");

    private final Http http;
    private final URI address;

    /** Makes them. */
    public static final class Factory implements AiProviderFactory {
        @Override
        public Description description() {
            return new Description("lines", Map.of(Language.EN, "Lines"), List.of(ADDRESS));
        }

        @Override
        public AiProvider create(Settings settings, AiProviderContext context) {
            return new LineProvider(context.http(), settings.address(ADDRESS));
        }
    }

    LineProvider(Http http, URI address) {
        this.http = http;
        this.address = address;
    }

    @Override
    public CheckResult check() {
        return http.call(Http.Request.get(address.resolve("/check"), LIMIT)).send() instanceof Http.Outcome.Answered ok
                        && ok.isOk()
                ? new CheckResult.Fine()
                : new CheckResult.Wrong(List.of(new CheckResult.Problem("address", "away")));
    }

    @Override
    public AiReply reply(AiRequest request, AiSink sink, Cancel cancel) {
        if (cancel.isRequested()) return new AiReply.Cancelled("", Usage.UNKNOWN, false);
        var body = Stream.concat(
                        Stream.of(Integer.toString(request.maxTokens()), request.system()),
                        request.messages().stream().map(AiRequest.Turn::text))
                .collect(Collectors.joining("\n"));
        var call = http.call(Http.Request.postJson(address.resolve("/" + request.model()), Map.of(), body, LIMIT));
        cancel.onRequest(call::cancel);
        var reading = new Reading(sink);
        return reading.reply(call.lines(reading::line));
    }

    @Override
    public Embedding embed(String model, List<String> texts) {
        var body = String.join("\n", texts);
        var outcome = http.call(Http.Request.postJson(address.resolve("/" + model), Map.of(), body, LIMIT))
                .send();
        if (!(outcome instanceof Http.Outcome.Answered answered)) return new Embedding.Failed("no answer");
        if (answered.status() == 429) return new Embedding.RetryLater(pause(answered));
        if (!answered.isOk()) return new Embedding.Failed("status " + answered.status());
        var vectors = new ArrayList<float[]>();
        for (var text : texts) vectors.add(new float[] {text.length(), 1});
        return new Embedding.Vectors(vectors, new Usage(true, texts.size() * 10L, 0, 0, 0));
    }

    private static Duration pause(Http.Outcome.Answered answered) {
        return answered.headers().entrySet().stream()
                .filter(one -> one.getKey().equalsIgnoreCase("retry-after"))
                .findFirst()
                .map(one -> Duration.ofMillis(
                        (long) (Double.parseDouble(one.getValue().getFirst()) * 1_000)))
                .orElse(Duration.ZERO);
    }

    private static final class Reading {
        private final AiSink sink;
        private final StringBuilder text = new StringBuilder();
        private Usage usage = Usage.UNKNOWN;
        private boolean ended;

        Reading(AiSink sink) {
            this.sink = sink;
        }

        void line(String line) {
            if (line.startsWith("t:")) {
                text.append(line.substring(2));
                sink.content(line.substring(2));
            } else if (line.startsWith("r:")) {
                sink.reasoning(line.substring(2));
            } else if (line.startsWith("u:")) {
                var counts = line.substring(2).split(",");
                usage = new Usage(true, Long.parseLong(counts[0]), 0, Long.parseLong(counts[1]), 0);
                sink.usage(usage);
            } else if (line.equals("end")) {
                ended = true;
            }
        }

        AiReply reply(Http.Outcome outcome) {
            return switch (outcome) {
                case Http.Outcome.Answered answered -> reply(answered);
                case Http.Outcome.NotAllowed(var host) -> broken(host + " is not allowed", false);
                case Http.Outcome.Failed(var dispatched, var reason) -> broken(reason, dispatched);
                case Http.Outcome.TimedOut(var dispatched) -> broken("too late", dispatched);
                case Http.Outcome.Cancelled(var dispatched) ->
                    new AiReply.Cancelled(text.toString(), usage, dispatched);
            };
        }

        private AiReply reply(Http.Outcome.Answered answered) {
            return switch (answered.status()) {
                case 200 ->
                    ended
                            ? new AiReply.Answer(text.toString(), usage, AiReply.Finish.STOP)
                            : broken("it ended before its end", true);
                case 401 -> new AiReply.CredentialsRefused(true);
                case 402 -> new AiReply.NoBalance(true);
                case 413 -> new AiReply.TooLong(true);
                case 429 -> new AiReply.RateLimited(pause(answered), true);
                case 451 -> new AiReply.ContentFiltered(true);
                case 503 -> new AiReply.Overloaded(true);
                default ->
                    answered.status() < 500
                            ? new AiReply.Refused("status " + answered.status(), true)
                            : broken("status " + answered.status(), true);
            };
        }

        private AiReply.Broken broken(String reason, boolean dispatched) {
            return new AiReply.Broken(reason, text.toString(), usage, dispatched);
        }
    }
}
