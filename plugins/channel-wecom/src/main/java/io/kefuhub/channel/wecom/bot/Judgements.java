package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.channel.ChannelContext;
import java.time.Duration;

/** What people think of answers. The platform calls an answer by a name that it was given. Safe for threads. */
final class Judgements {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int GOOD = 1;
    private static final int BAD = 2;

    private final ChannelContext context;

    Judgements(ChannelContext context) {
        this.context = context;
    }

    /** Remembers which message an answer became. */
    void name(String answer, String thread, String messageId) {
        context.store().put(key(answer), messageId + "\n" + thread, KEPT);
    }

    void take(Callback.Judged judged) {
        if (judged.kind() != GOOD && judged.kind() != BAD) return;
        var score = judged.kind() == GOOD ? 5 : 1;
        var named = context.store().get(key(judged.answer())).map(value -> value.split("\n", 2));
        var isStored =
                named.isPresent() && context.inbox().rating(named.get()[1], named.get()[0], score, judged.text());
        if (!isStored) context.inbox().rating(judged.origin().thread(), score, judged.text());
    }

    private static String key(String answer) {
        return "answer:" + Keys.of(answer);
    }
}
