package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Http;
import io.kefuhub.api.Localized;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Sends one answer to the address that a message brought for it. Whoever has that address speaks as the bot. Immutable. */
final class OneAnswer {
    private static final Duration LIMIT = Duration.ofSeconds(4);
    private static final String OF_WECOM = ".weixin.qq.com";
    private static final int BUSY = -1;

    private final Http http;
    private final URI api;

    /** @param api a place of the platform's besides the known ones */
    OneAnswer(Http http, URI api) {
        this.http = http;
        this.api = api;
    }

    /** What became of it. */
    sealed interface Sent {
        record Taken() implements Sent {}

        /** Never by this address. */
        record Refused(Localized reason) implements Sent {}

        /** Nothing was taken; it may work later. */
        record NotNow(Localized reason) implements Sent {}

        record NotAllowed(String host) implements Sent {}

        /** It may have been taken. */
        record Unknown() implements Sent {}
    }

    /** Whether the address is the platform's, so that it may be called at all. */
    boolean isOurs(String address) {
        try {
            var url = new URI(address);
            if (url.getHost() == null || url.getUserInfo() != null) return false;
            var host = url.getHost().toLowerCase(Locale.ROOT);
            var isKnown = "https".equalsIgnoreCase(url.getScheme()) && host.endsWith(OF_WECOM);
            var isApi = api.getScheme().equalsIgnoreCase(url.getScheme())
                    && api.getHost().equalsIgnoreCase(host)
                    && api.getPort() == url.getPort();
            return isKnown || isApi;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    Sent send(String address, String text) {
        var json = Json.write(Map.of("msgtype", "markdown", "markdown", Map.of("content", text)));
        var request = Http.Request.postJson(URI.create(address), Map.of(), json, LIMIT);
        return switch (http.call(request).send()) {
            case Http.Outcome.Answered(var status, var _, var body) -> answered(status, body);
            case Http.Outcome.NotAllowed(var host) -> new Sent.NotAllowed(host);
            case Http.Outcome.Failed(var dispatched, var reason) ->
                dispatched ? new Sent.Unknown() : new Sent.NotNow(Localized.of(reason));
            case Http.Outcome.TimedOut(var dispatched) ->
                dispatched
                        ? new Sent.Unknown()
                        : new Sent.NotNow(Localized.of("WeCom does not take the connection", "无法连接企业微信"));
            case Http.Outcome.Cancelled(var dispatched) ->
                dispatched ? new Sent.Unknown() : new Sent.NotNow(Localized.of("it was called off", "发送被取消"));
        };
    }

    private static Sent answered(int status, String body) {
        var answered = Localized.of("WeCom answered " + status, "企业微信返回 " + status);
        if (status == 429 || status >= 500) return new Sent.NotNow(answered);
        if (status < 200 || status >= 300) return new Sent.Refused(answered);
        var answer = Json.object(body).orElse(JsonObject.EMPTY);
        var code = answer.signed("errcode", 0);
        if (code == 0) return new Sent.Taken();
        var reason = new Ack.Refused(code, answer.text("errmsg", "")).words();
        return code == BUSY || code == 45009 || code == 45033 ? new Sent.NotNow(reason) : new Sent.Refused(reason);
    }
}
