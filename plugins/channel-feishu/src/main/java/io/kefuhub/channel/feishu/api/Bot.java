package io.kefuhub.channel.feishu.api;

import io.kefuhub.ai.exchange.JsonObject;
import java.util.Optional;

/** Who the app's bot is, asked once. Safe for threads. */
public final class Bot {
    private static final String PATH = "/bot/v3/info";

    private final FeishuApi api;
    private volatile Optional<String> openId = Optional.empty();

    public Bot(FeishuApi api) {
        this.api = api;
    }

    /** Returns the bot's own id if it is known, without asking. */
    public Optional<String> known() {
        return openId;
    }

    /** Returns the bot's own id, asking the platform when it is not known; empty when it does not say. */
    public Optional<String> openId() {
        if (openId.isEmpty()) ask();
        return openId;
    }

    /** Asks anew. */
    public Answer ask() {
        var answer = api.get(PATH);
        if (answer instanceof Answer.Ok(var data)) openId = bot(data).text("open_id");
        return answer;
    }

    /** What is said of the bot in the answer of {@link #ask}. */
    public static JsonObject bot(JsonObject data) {
        return data.object("bot").orElse(JsonObject.EMPTY);
    }
}
