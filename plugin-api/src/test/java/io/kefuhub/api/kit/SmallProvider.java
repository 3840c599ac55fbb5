package io.kefuhub.api.kit;

import io.kefuhub.api.Http;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiProviderContext;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A provider as small as can be that keeps the contract: one JSON document a line. Made to be spoilt in one place. */
class SmallProvider implements AiProvider {
    static final String KEY = "sk-very-secret";
    private static final Pattern PIECE = Pattern.compile("\"content\":\"([^\"]+)\"");

    final AiProviderContext context;

    SmallProvider(AiProviderContext context) {
        this.context = context;
    }

    @Override
    public AiReply reply(AiRequest request, AiSink sink, Cancel cancel) {
        if (cancel.isRequested()) return new AiReply.Cancelled("", Usage.UNKNOWN, false);
        var call = context.http().call(question());
        cancel.onRequest(call::cancel);
        var heard = new StringBuilder();
        var ended = new boolean[1];
        return reply(call.lines(line -> take(line, sink, heard, ended)), heard.toString(), ended[0]);
    }

    Http.Request question() {
        var address = URI.create("http://localhost:11434/api/chat");
        return Http.Request.postJson(address, Map.of("Authorization", KEY), "{}", Duration.ofSeconds(60));
    }

    void take(String line, AiSink sink, StringBuilder heard, boolean[] ended) {
        var piece = PIECE.matcher(line);
        if (piece.find()) {
            heard.append(piece.group(1));
            sink.content(piece.group(1));
        }
        ended[0] |= line.contains("\"done\":true");
    }

    AiReply reply(Http.Outcome outcome, String text, boolean ended) {
        return switch (outcome) {
            case Http.Outcome.Answered(var status, var headers, var _) -> {
                if (status == 429) yield new AiReply.RateLimited(pause(headers.get("Retry-After")), true);
                if (status == 200 && ended) yield new AiReply.Answer(text, Usage.UNKNOWN, AiReply.Finish.STOP);
                yield broken("status " + status, text, true);
            }
            case Http.Outcome.NotAllowed(var host) -> broken("not allowed: " + host, text, false);
            case Http.Outcome.Failed(var left, var reason) -> broken(reason, text, left);
            case Http.Outcome.TimedOut(var left) -> broken("too late", text, left);
            case Http.Outcome.Cancelled(var left) -> new AiReply.Cancelled(text, Usage.UNKNOWN, left);
        };
    }

    Duration pause(@Nullable List<String> retryAfter) {
        return retryAfter == null ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(retryAfter.getFirst()));
    }

    static AiReply broken(String reason, String text, boolean left) {
        return new AiReply.Broken(reason, text, Usage.UNKNOWN, left);
    }
}
