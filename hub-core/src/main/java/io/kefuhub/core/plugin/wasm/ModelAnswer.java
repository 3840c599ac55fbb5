package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kefuhub.api.Http.Outcome;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One answer of a model as a module reads it, piece by piece. One thread only. */
final class ModelAnswer {
    private static final int MOST_KEPT = 32_000;
    private static final Map<Integer, String> USUAL_ERRORS = Map.of(
            400,
            "refused",
            401,
            "credentials",
            402,
            "no-balance",
            403,
            "credentials",
            404,
            "refused",
            422,
            "refused",
            429,
            "rate-limited",
            503,
            "overloaded",
            529,
            "overloaded");

    private final ModuleInstance module;
    private final AiSink sink;
    private final boolean stream;
    private final Runnable stop;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder raw = new StringBuilder();
    private Usage usage = Usage.UNKNOWN;
    private Optional<AiReply.Finish> finish = Optional.empty();
    private Optional<AnswerNode> error = Optional.empty();
    private Optional<WasmFault> fault = Optional.empty();

    /** @param stop ends the call, when what comes cannot be read */
    ModelAnswer(ModuleInstance module, AiSink sink, boolean stream, Runnable stop) {
        this.module = module;
        this.sink = sink;
        this.stream = stream;
        this.stop = stop;
    }

    /** Takes a line of the stream, before anybody knows the status that it came with. */
    void line(String line) {
        if (raw.length() < MOST_KEPT) raw.append(line).append('\n');
        if (line.isEmpty() || fault.isPresent() || error.isPresent()) return;
        try {
            var event =
                    JsonNodeFactory.instance.objectNode().put("stream", true).put("line", line);
            take(module.ask(WasmModel.EVENT, event));
        } catch (WasmFault e) {
            fault = Optional.of(e);
            stop.run();
        }
    }

    private void take(AnswerNode event) {
        var content = event.text("content", "");
        if (!content.isEmpty()) {
            text.append(content);
            sink.content(content);
        }
        var reasoning = event.text("reasoning", "");
        if (!reasoning.isEmpty()) sink.reasoning(reasoning);
        event.object("usage").ifPresent(node -> {
            usage = new Usage(
                    true,
                    node.number("input", 0),
                    node.number("cachedInput", 0),
                    node.number("output", 0),
                    node.number("reasoning", 0));
            sink.usage(usage);
        });
        if (event.has("finish")) finish = Optional.of(finish(event.text("finish", "")));
        if (event.has("error")) error = Optional.of(event);
    }

    private static AiReply.Finish finish(String word) {
        return switch (word) {
            case "stop" -> AiReply.Finish.STOP;
            case "length" -> AiReply.Finish.LENGTH;
            default -> AiReply.Finish.OTHER;
        };
    }

    AiReply reply(Outcome outcome) {
        var dispatched = WasmModel.dispatched(outcome);
        if (outcome instanceof Outcome.Answered answered && (!answered.isOk() || !stream)) whole(answered);
        if (fault.isPresent()) return broken(String.valueOf(fault.get().getMessage()), dispatched);
        return switch (outcome) {
            case Outcome.Answered answered -> answered(answered);
            case Outcome.NotAllowed(var host) -> broken("the host " + host + " is not allowed", false);
            case Outcome.Failed(var _, var reason) -> broken(reason, dispatched);
            case Outcome.TimedOut _ -> broken("no answer in time", dispatched);
            case Outcome.Cancelled _ -> new AiReply.Cancelled(text.toString(), usage, dispatched);
        };
    }

    private AiReply answered(Outcome.Answered answered) {
        if (error.isPresent()) return failed(error.get().text("error", ""), error.get(), answered);
        if (!answered.isOk()) {
            var usual = USUAL_ERRORS.getOrDefault(answered.status(), "broken");
            return failed(usual, new AnswerNode(JsonNodeFactory.instance.objectNode()), answered);
        }
        if (finish.isEmpty()) return broken("the answer ended before its end", true);
        return new AiReply.Answer(text.toString(), usage, finish.get());
    }

    /** What came at once, or an error, which never comes as a stream. */
    private void whole(Outcome.Answered answered) {
        if (fault.isPresent()) return;
        var event = JsonNodeFactory.instance.objectNode();
        event.put("stream", false).put("status", answered.status());
        event.put("body", answered.body().isEmpty() ? raw.toString() : answered.body());
        try {
            take(module.ask(WasmModel.EVENT, event));
        } catch (WasmFault e) {
            // What is no answer has a status, which tells enough.
            if (answered.isOk()) fault = Optional.of(e);
        }
    }

    private AiReply failed(String word, AnswerNode said, Outcome.Answered answered) {
        return switch (word) {
            case "rate-limited" -> new AiReply.RateLimited(pause(said, answered), true);
            case "overloaded" -> new AiReply.Overloaded(true);
            case "credentials" -> new AiReply.CredentialsRefused(true);
            case "no-balance" -> new AiReply.NoBalance(true);
            case "too-long" -> new AiReply.TooLong(true);
            case "filtered" -> new AiReply.ContentFiltered(true);
            case "refused" -> new AiReply.Refused(reason(said, answered), true);
            default -> broken(reason(said, answered), true);
        };
    }

    private static String reason(AnswerNode said, Outcome.Answered answered) {
        return said.text("reason", "the provider answered " + answered.status());
    }

    private static Duration pause(AnswerNode said, Outcome.Answered answered) {
        if (said.has("pauseMs")) return Duration.ofMillis(said.number("pauseMs", 0));
        return answered.headers().entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals("retry-after"))
                .flatMap(header -> header.getValue().stream())
                .filter(value -> value.matches("\\d{1,5}"))
                .findFirst()
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }

    private AiReply broken(String reason, boolean dispatched) {
        return new AiReply.Broken(reason, text.toString(), usage, dispatched);
    }
}
