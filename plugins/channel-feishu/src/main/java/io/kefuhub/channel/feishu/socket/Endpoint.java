package io.kefuhub.channel.feishu.socket;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Http;
import io.kefuhub.api.Localized;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the long connection is to be opened; asked anew for every one. Safe for threads; names no secret. */
public final class Endpoint {
    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final Pattern SERVICE = Pattern.compile("(?:^|&)service_id=(\\d{1,10})(?:&|$)");

    private final Http http;
    private final URI address;
    private final String body;

    public Endpoint(Http http, URI base, String appId, String appSecret) {
        this.http = http;
        this.address = URI.create(base + "/callback/ws/endpoint");
        this.body = Json.write(Map.of("AppID", appId, "AppSecret", appSecret));
    }

    /** What the platform says. */
    public sealed interface Found {
        /** The address holds a key: it belongs in no log. */
        record Here(URI address, int service, JsonObject config) implements Found {
            @Override
            public String toString() {
                return "Here[service=" + service + "]";
            }
        }

        /** Something is wrong that only an admin can put right. */
        record Wrong(String setting, Localized words) implements Found {}

        /** The same may work later. */
        record NotNow(Localized words) implements Found {}
    }

    public Found ask() {
        var request = Http.Request.postJson(address, Map.of("locale", "zh"), body, LIMIT);
        return switch (http.call(request).send()) {
            case Http.Outcome.Answered(var status, var _, var text) -> read(status, text);
            case Http.Outcome.NotAllowed(var host) ->
                new Found.Wrong(
                        "address", Localized.of("the hub does not let this channel call " + host, "未允许此渠道访问 " + host));
            case Http.Outcome.Failed(var _, var reason) -> notNow(reason);
            case Http.Outcome.TimedOut _ -> notNow("no answer in time");
            case Http.Outcome.Cancelled _ -> notNow("called off");
        };
    }

    private static Found read(int status, String text) {
        var json = Json.object(text).orElse(JsonObject.EMPTY);
        var code = json.number("code", status == 200 ? -1 : status);
        if (code == 0) return here(json.object("data").orElse(JsonObject.EMPTY));
        if (code == 403) {
            return new Found.Wrong(
                    "transport",
                    Localized.of(
                            "403: this app may not use a long connection: it must be a self-built app with the bot ability, published",
                            "403：此应用不能使用长连接：须为企业自建应用、启用机器人并已发布"));
        }
        if (code == 514) {
            return new Found.Wrong(
                    "app-secret",
                    Localized.of(
                            "514: the platform does not take this App ID and App Secret: copy both again",
                            "514：App ID 或 App Secret 无效：请重新复制"));
        }
        if (code == 1000040350L) {
            return notNow(
                    "1000040350: the app has too many long connections (50 at most): end other programs that use it",
                    "1000040350：长连接数超限（最多 50 个）：请停止其他使用此应用的程序");
        }
        if (code < 0) return notNow("its answer cannot be read");
        return notNow("code " + code);
    }

    private static Found here(JsonObject data) {
        var url = data.text("URL", "");
        try {
            var address = URI.create(url);
            var scheme = Optional.ofNullable(address.getScheme()).orElse("");
            if (!scheme.equals("wss") && !scheme.equals("ws")) return notNow("its address is no web socket");
            var query = Optional.ofNullable(address.getRawQuery()).orElse("");
            var service = SERVICE.matcher(query);
            var number = service.find() ? (int) Long.parseLong(service.group(1)) : 0;
            return new Found.Here(address, number, data.object("ClientConfig").orElse(JsonObject.EMPTY));
        } catch (IllegalArgumentException _) {
            return notNow("its address is malformed");
        }
    }

    private static Found notNow(String reason) {
        return notNow("the platform gives no long connection: " + reason, "暂时无法获取长连接：" + reason);
    }

    private static Found notNow(String en, String zh) {
        return new Found.NotNow(Localized.of(en, zh));
    }
}
