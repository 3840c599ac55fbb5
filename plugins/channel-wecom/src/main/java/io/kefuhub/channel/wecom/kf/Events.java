package io.kefuhub.channel.wecom.kf;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.channel.wecom.MessageIds;
import io.kefuhub.channel.wecom.Texts;
import io.kefuhub.channel.wecom.api.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Acts on what the platform tells besides messages. Safe for threads. */
final class Events {
    private static final String ON_EVENT = "/cgi-bin/kf/send_msg_on_event";
    /** A code is good for that long. */
    private static final Duration CODE = Duration.ofSeconds(20);

    private static final int LONGEST_ID = 200;
    private static final int ENDED = 3;
    private static final int REMEMBERED = 2_000;

    private final KfSettings settings;
    private final ChannelContext context;
    private final Api api;
    private final Sessions sessions;
    /** Codes that were used; guarded by itself. The longest known go first. */
    private final Map<String, Boolean> welcomed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    Events(KfSettings settings, ChannelContext context, Api api, Sessions sessions) {
        this.settings = settings;
        this.context = context;
        this.api = api;
        this.sessions = sessions;
    }

    /** The conversation in which nobody in the WeCom client serves any more from this item on; empty for other items. */
    static Optional<KfThread> left(JsonObject item) {
        var event = item.object("event").orElse(JsonObject.EMPTY);
        if (!event.text("event_type", "").equals("session_status_change")) return Optional.empty();
        if (event.number("change_type", 0) != ENDED) return Optional.empty();
        return Optional.of(new KfThread(event.text("open_kfid", ""), event.text("external_userid", "")))
                .filter(KfThread::isWhole);
    }

    /** Welcomes who has just entered, where this item says so, once. */
    void greet(JsonObject item) {
        var event = item.object("event").orElse(JsonObject.EMPTY);
        if (!event.text("event_type", "").equals("enter_session")) return;
        entered(new KfThread(event.text("open_kfid", ""), event.text("external_userid", "")), event, at(item));
    }

    void take(JsonObject item) {
        var event = item.object("event").orElse(JsonObject.EMPTY);
        var thread = new KfThread(event.text("open_kfid", ""), event.text("external_userid", ""));
        switch (event.text("event_type", "")) {
            case "enter_session" -> entered(thread, event, at(item));
            case "msg_send_fail" -> failed(event);
            case "session_status_change" -> changed(thread, event, at(item));
            case "user_recall_msg", "servicer_recall_msg" -> recalled(event, at(item));
            default -> {
                // Nothing of it is the hub's.
            }
        }
    }

    private static Instant at(JsonObject item) {
        return Instant.ofEpochSecond(item.number("send_time", 0));
    }

    private void entered(KfThread thread, JsonObject event, Instant at) {
        if (!thread.isWhole()) return;
        var scene = new HashMap<String, String>();
        event.text("scene").filter(text -> !text.isBlank()).ifPresent(text -> scene.put("scene", text));
        event.text("scene_param").filter(text -> !text.isBlank()).ifPresent(text -> scene.put("scene_param", text));
        if (!scene.isEmpty()) context.contacts().label(new Contact(thread.customer(), true, "", scene));
        var code = event.text("welcome_code", "");
        var welcome = settings.welcome();
        if (code.isEmpty() || welcome.text().isBlank() || isOver(at) || !isFirst(code)) return;
        answer(
                code,
                welcome.choices().isEmpty()
                        ? Map.of("msgtype", "text", "text", Map.of("content", Texts.cut(welcome.text(), Texts.LIMIT)))
                        : Menus.welcome(welcome));
    }

    /** The same event is met by who looks ahead, and again in its turn. */
    private boolean isFirst(String code) {
        synchronized (welcomed) {
            return welcomed.put(code, true) == null;
        }
    }

    private void failed(JsonObject event) {
        MessageIds.delivery(event.text("fail_msgid", ""))
                .ifPresent(delivery -> context.inbox()
                        .receipt(delivery, new Delivered.Undeliverable(why(event.number("fail_type", 0)))));
    }

    /** It may stand before its message in the same page, or after one that was brought long ago. */
    private void recalled(JsonObject event, Instant at) {
        var id = event.text("recall_msgid", "");
        if (!id.isEmpty() && id.length() <= LONGEST_ID) context.inbox().takenBack(id, at);
    }

    private static Localized why(long type) {
        return switch ((int) type) {
            case 1 -> undelivered("the customer service account was deleted.", "客服账号已删除。");
            case 2 -> undelivered("the app is switched off.", "应用已关闭。");
            case 4 -> undelivered("the customer last wrote more than 48 hours ago.", "客户上次发言已超过 48 小时。");
            case 5 -> undelivered("the session has ended.", "会话已结束。");
            case 6 -> undelivered("5 messages were sent since the customer last wrote.", "客户上次发言后已发送 5 条消息。");
            case 7, 8, 9 -> undelivered("the account is not bound or verified as WeChat wants it.", "未绑定视频号或主体未认证。");
            case 10 -> undelivered("the customer refuses messages.", "客户拒收消息。");
            default -> undelivered("for no known reason.", "原因未知。");
        };
    }

    private static Localized undelivered(String en, String zh) {
        return Localized.of("WeChat did not deliver it: " + en, "微信未送达：" + zh);
    }

    private void changed(KfThread thread, JsonObject event, Instant at) {
        switch ((int) event.number("change_type", 0)) {
            case 1, 2 -> sessions.servedElsewhere(thread);
            case ENDED -> {
                sessions.ended(thread);
                var code = event.text("msg_code", "");
                if (!code.isEmpty() && !isOver(at)) {
                    settings.satisfaction().ifPresent(question -> answer(code, Menus.satisfaction(question)));
                }
            }
            default -> {
                // Nothing of it is the hub's.
            }
        }
    }

    private boolean isOver(Instant at) {
        return at.plus(CODE).isBefore(context.clock().instant());
    }

    /** On its own thread: seconds count, and what else has come must not wait. */
    private void answer(String code, Map<String, Object> message) {
        var body = new HashMap<>(message);
        body.put("code", code);
        context.tasks().run("answer-event", () -> api.post(ON_EVENT, body));
    }
}
