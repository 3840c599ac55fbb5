package io.kefuhub.channel.feishu.reply;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.channel.feishu.api.Answer;
import io.kefuhub.channel.feishu.api.FeishuApi;
import io.kefuhub.channel.feishu.api.Troubles;
import io.kefuhub.channel.feishu.message.Receiving;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reaction on the customer's message while somebody is at work, as bots cannot be shown typing. At most one in a
 * conversation; taken away with the answer, or after two minutes. Nobody waits for it. Safe for threads.
 */
public final class TypingSigns implements Receiving.Sign {
    private static final Logger LOG = LoggerFactory.getLogger(TypingSigns.class);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration LEFT_ALONE = Duration.ofMinutes(10);
    private static final Map<String, Object> TYPING = Map.of("reaction_type", Map.of("emoji_type", "Typing"));

    private final ChannelContext context;
    private final FeishuApi api;
    private final boolean wanted;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();
    private volatile Instant notBefore = Instant.MIN;

    /** Guarded by itself. */
    private static final class Shown {
        private final String message;
        private String reaction = "";
        private boolean over;
        private Tasks.@Nullable Running end;

        Shown(String message) {
            this.message = message;
        }
    }

    public TypingSigns(ChannelContext context, FeishuApi api, boolean wanted) {
        this.context = context;
        this.api = api;
        this.wanted = wanted;
    }

    @Override
    public void begin(String thread, String messageId) {
        if (!wanted || context.clock().instant().isBefore(notBefore)) return;
        var sign = new Shown(messageId);
        if (shown.putIfAbsent(thread, sign) != null) return;
        aside(() -> show(thread, sign));
    }

    private void show(String thread, Shown sign) {
        if (!isWithBot(thread)) {
            shown.remove(thread, sign);
            return;
        }
        var answer = api.post("/im/v1/messages/" + sign.message + "/reactions", TYPING);
        if (!(answer instanceof Answer.Ok(var data))) {
            shown.remove(thread, sign);
            notShown(answer);
            return;
        }
        var reaction = data.text("reaction_id", "");
        synchronized (sign) {
            sign.reaction = reaction;
            if (!sign.over) {
                sign.end = context.tasks().after(LONGEST, () -> end(thread));
                context.store().put(key(thread), json(sign), KEPT);
                return;
            }
        }
        remove(sign.message, reaction);
    }

    private boolean isWithBot(String thread) {
        return context.timeline()
                .find(thread)
                .map(found -> found.state() == Timeline.State.BOT || found.state() == Timeline.State.CLOSED)
                .orElse(true);
    }

    private void notShown(Answer answer) {
        if (!(answer instanceof Answer.Refused)) return;
        notBefore = context.clock().instant().plus(LEFT_ALONE);
        LOG.info("No sign of typing is shown: {}", Troubles.of(answer).words());
    }

    /** Takes the sign away; also one that a generation before has left. */
    public void end(String thread) {
        if (!wanted) return;
        var sign = Optional.ofNullable(shown.remove(thread));
        sign.ifPresent(one -> {
            synchronized (one) {
                one.over = true;
                if (one.end != null) one.end.cancel();
            }
        });
        aside(() -> {
            var kept = context.store().remove(key(thread)).flatMap(Json::object);
            kept.ifPresent(one -> remove(one.text("message", ""), one.text("reaction", "")));
        });
    }

    private void remove(String message, String reaction) {
        if (reaction.isEmpty()) return;
        var answer = api.delete("/im/v1/messages/" + message + "/reactions/" + reaction);
        if (!answer.isOk())
            LOG.debug("A sign of typing stays: {}", Troubles.of(answer).words());
    }

    private void aside(Runnable work) {
        context.tasks().run("feishu-sign", () -> {
            try {
                work.run();
            } catch (UnavailableException _) {
                // A sign is not worth waiting for.
            }
        });
    }

    private static String json(Shown sign) {
        return Json.write(new JsonObject(Map.of("message", sign.message, "reaction", sign.reaction)));
    }

    private static String key(String thread) {
        return "sign:" + thread;
    }
}
