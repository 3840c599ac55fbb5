package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Inbox.Accepted;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.channel.wecom.crypto.CallbackKey;
import io.kefuhub.channel.wecom.crypto.Callbacks;
import io.kefuhub.channel.wecom.crypto.Opened;
import io.kefuhub.channel.wecom.crypto.Proof;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The platform that calls a bot, as far as its messages go: seals what it says and opens what it is answered. */
final class PlayedCaller {
    static final String TOKEN = "HubTestToken2026";
    static final String AES_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlBQkNERUY";
    static final CallbackKey KEY = CallbackKey.parse(AES_KEY).orElseThrow();

    private final ChannelContext context;
    private final PlayedHost host;

    PlayedCaller(ChannelContext context, PlayedHost host) {
        this.context = context;
        this.host = host;
    }

    /** A call as the platform signs it at that time. */
    static Requests call(String json, Instant at) {
        return call(json, new Callbacks(TOKEN, KEY, "", InstantSource.fixed(at)));
    }

    static Requests call(String json, Callbacks callbacks) {
        var sealed = callbacks.seal(json);
        return Requests.post("/webhooks/bot", Json.write(Map.of("encrypt", sealed.encrypted())))
                .withQuery("msg_signature", sealed.signature())
                .withQuery("timestamp", sealed.timestamp())
                .withQuery("nonce", sealed.nonce());
    }

    /** A message from somebody in a chat of two. */
    Map<String, Object> message(String msgId, String user, String type, Map<String, Object> content) {
        var body = new LinkedHashMap<String, Object>();
        body.put("msgid", msgId);
        body.put("aibotid", "aibTestBot01");
        body.put("chattype", "single");
        body.put("from", Map.of("userid", user));
        body.put("response_url", host.answerAddress(Keys.of(msgId)));
        body.put("msgtype", type);
        body.put(type, content);
        return body;
    }

    Map<String, Object> inGroup(Map<String, Object> message, String chat) {
        var body = new LinkedHashMap<>(message);
        body.put("chattype", "group");
        body.put("chatid", chat);
        return body;
    }

    /** Somebody says something; returns the answer that the platform will fetch. */
    JsonObject says(Channel channel, String msgId, String user, String text) {
        return tell(channel, message(msgId, user, "text", Map.of("content", text)));
    }

    /** Tells the bot something, which the hub stores as it would; returns what it is answered, opened. */
    JsonObject tell(Channel channel, Map<String, Object> body) {
        var receipt = channel.receive(
                call(Json.write(body), context.clock().instant()).call());
        return switch (receipt) {
            case Receipt.Accepted(var messages, var reply) -> {
                for (var message : messages) {
                    if (!(context.inbox().accept(message) instanceof Accepted.Stored))
                        throw new AssertionError("not stored");
                }
                yield opened(reply);
            }
            case Receipt.Answered(var reply) -> opened(reply);
            case Receipt.Nudged _ -> throw new AssertionError("there is nothing to pull");
            case Receipt.Refused(var reason) -> throw new AssertionError("refused: " + reason);
        };
    }

    /** Asks for more of an answer. */
    JsonObject fetch(Channel channel, String stream) {
        var body =
                new LinkedHashMap<>(message("poll-" + System.nanoTime(), "zhangsan", "stream", Map.of("id", stream)));
        return tell(channel, body).object("stream").orElse(JsonObject.EMPTY);
    }

    private JsonObject opened(WebReply reply) {
        if (reply.status() != 200) throw new AssertionError("answered " + reply.status());
        var text = new String(((WebReply.Body.Bytes) reply.body()).value(), StandardCharsets.UTF_8);
        if (text.isEmpty()) return JsonObject.EMPTY;
        var envelope = Json.object(text).orElseThrow();
        var proof =
                new Proof(envelope.text("msgsignature", ""), envelope.word("timestamp"), envelope.text("nonce", ""));
        var opened = new Callbacks(TOKEN, KEY, "", context.clock()).open(proof, envelope.text("encrypt", ""));
        return Json.object(((Opened.Genuine) opened).text()).orElseThrow();
    }
}
