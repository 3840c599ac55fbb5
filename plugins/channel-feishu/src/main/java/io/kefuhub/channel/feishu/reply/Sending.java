package io.kefuhub.channel.feishu.reply;

import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.channel.feishu.api.Answer;
import io.kefuhub.channel.feishu.api.Codes;
import io.kefuhub.channel.feishu.api.FeishuApi;
import io.kefuhub.channel.feishu.api.Media;
import io.kefuhub.channel.feishu.api.Pacing;
import io.kefuhub.channel.feishu.api.Troubles;
import io.kefuhub.channel.feishu.message.Choices;
import io.kefuhub.channel.feishu.message.Sayings;
import io.kefuhub.channel.feishu.message.ThreadName;
import java.time.Duration;
import java.util.Optional;

/** Hands over replies, one message of the platform after the other, each of them once. Safe for threads. */
public final class Sending {
    private static final int SHORT_ENOUGH = 500;

    private final ChannelContext context;
    private final Pacing pacing;
    private final Sayings sayings;
    private final Composing composing;
    private final Post post;
    private final Growing growing;

    public Sending(
            ChannelContext context,
            FeishuApi api,
            Pacing pacing,
            Sayings sayings,
            Media media,
            Choices choices,
            Growing growing) {
        this.context = context;
        this.pacing = pacing;
        this.sayings = sayings;
        this.composing = new Composing(media, choices);
        this.post = new Post(api);
        this.growing = growing;
    }

    public Delivered deliver(Delivery delivery) {
        var items = Item.of(delivery.parts());
        if (items.isEmpty()) {
            return new Delivered.Undeliverable(
                    Localized.of("there is nothing that the platform could show", "没有可发送的内容"));
        }
        var progress = Progress.load(context.store(), delivery.id());
        if (progress.isBeyondRepeat(context.clock().instant())) {
            return new Delivered.Unknown(
                    Localized.of(
                            "it may have arrived more than an hour ago; the platform would show a repeat twice",
                            "一小时前可能已送达，重发会重复显示"),
                    false);
        }
        for (var at = progress.ids().size(); at < items.size(); at++) {
            var step = step(delivery, items.get(at), at, progress);
            if (!(step instanceof Step.Sent(var reached))) return ((Step.Ended) step).outcome();
            progress = reached;
        }
        return new Delivered.Done(progress.ids().getFirst());
    }

    /** What one message came to. */
    private sealed interface Step {
        record Sent(Progress reached) implements Step {}

        record Ended(Delivered outcome) implements Step {}
    }

    private Step step(Delivery delivery, Item item, int at, Progress before) {
        if (at == 0 && item instanceof Item.Words(var text)) {
            switch (growing.finish(delivery, text)) {
                case Growing.Finished.NotGrown() -> {}
                case Growing.Finished.Shown(var message) -> {
                    return new Step.Sent(noted(delivery, message, before));
                }
                case Growing.Finished.Not(var why) -> {
                    return new Step.Ended(why);
                }
            }
        }
        var composed = composing.compose(item, delivery.thread(), delivery.id(), delivery.attempt());
        if (composed instanceof Composing.Composed.Not(var why)) return new Step.Ended(why);
        var ready = (Composing.Composed.Ready) composed;
        var thread = ThreadName.parse(delivery.thread());
        var turn = pacing.message(thread.chat(), delivery.id());
        if (turn.later().isPresent()) return new Step.Ended(later(turn.later().get()));
        var begun = before.begun(context.clock().instant()).save(context.store(), delivery.id());
        var below = sayings.anchor(thread, delivery.replyTo());
        var uuid = delivery.id() + "-" + at;
        var answer = sent(thread, below, ready, item, uuid);
        pacing.arrived(thread.chat(), turn);
        if (answer instanceof Answer.Ok(var data)) {
            return new Step.Sent(noted(delivery, data.text("message_id", ""), begun));
        }
        // An earlier attempt may have arrived all the same.
        if (isSurelyNotSent(answer)) before.save(context.store(), delivery.id());
        var outcome = Troubles.delivered(answer, delivery.attempt());
        return new Step.Ended(
                outcome instanceof Delivered.RetryLater(var pause, var reason)
                                && answer instanceof Answer.Refused refused
                                && Troubles.isLimit(refused)
                        ? new Delivered.RetryLater(rest(delivery, thread.chat(), refused, pause), reason)
                        : outcome);
    }

    private Duration rest(Delivery delivery, String chat, Answer.Refused refused, Duration pause) {
        if (refused.isOfApp()) return pacing.restAll(delivery.id(), pause);
        pacing.rest(chat, pause);
        return pause;
    }

    private Answer sent(
            ThreadName thread, Optional<String> below, Composing.Composed.Ready ready, Item item, String uuid) {
        var answer = post.send(thread, below, ready.first(), uuid);
        if (answer.isRefused(Codes.TOO_LONG) && item instanceof Item.Words(var text) && text.length() > SHORT_ENOUGH) {
            return halves(thread, below, text, uuid);
        }
        var unfit = answer.isRefused(Codes.CARD_CONTENT)
                || answer.isRefused(Codes.UNFIT)
                || answer.isRefused(Codes.TOO_LONG);
        if (!unfit || ready.otherwise().equals(ready.first())) return answer;
        return post.send(thread, below, ready.otherwise(), uuid + "t");
    }

    private Answer halves(ThreadName thread, Optional<String> below, String text, String uuid) {
        var middle = text.length() / 2;
        if (Character.isHighSurrogate(text.charAt(middle - 1))) middle--;
        var first = text.substring(0, middle);
        var second = text.substring(middle);
        var answer = sent(thread, below, words(first), new Item.Words(first), uuid + "a");
        return answer.isOk() ? sent(thread, below, words(second), new Item.Words(second), uuid + "b") : answer;
    }

    private static Composing.Composed.Ready words(String text) {
        return new Composing.Composed.Ready(Written.words(text), Written.escaped(text));
    }

    private Progress noted(Delivery delivery, String message, Progress before) {
        var reached = before.sent(message).save(context.store(), delivery.id());
        sayings.note(message, new Sayings.Said(delivery.id(), delivery.thread()));
        return reached;
    }

    /** The platform said so, or was never asked. */
    private static boolean isSurelyNotSent(Answer answer) {
        return switch (answer) {
            case Answer.Ok _ -> false;
            case Answer.Refused refused -> refused.status() < 500;
            case Answer.NoAnswer(var dispatched, var _) -> !dispatched;
            case Answer.NotAllowed _ -> true;
        };
    }

    private static Delivered later(Duration pause) {
        return new Delivered.RetryLater(
                pause,
                Localized.of(
                        "its turn has not come: the platform takes five messages a second in a chat and a thousand a minute from an app",
                        "正在排队：平台每个会话每秒最多接收五条消息，每个应用每分钟最多一千条"));
    }
}
