package io.kefuhub.channel.feishu.message;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.channel.feishu.event.Event;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What customers do without words: they read, and put a sign to what was said. Safe for threads. */
final class Noticed {
    private static final Duration REMEMBERED = Duration.ofHours(12);
    private static final Set<String> GOOD = Set.of(
            "thumbsup",
            "+1",
            "jiayi",
            "ok",
            "done",
            "heart",
            "love",
            "thanks",
            "applause",
            "praise",
            "clap",
            "fistbump",
            "yeah");
    private static final Set<String> BAD = Set.of("thumbsdown", "angry", "no", "cross");
    private static final int BEST = 5;
    private static final int WORST = 1;

    private final ChannelContext context;
    private final Sayings sayings;

    Noticed(ChannelContext context, Sayings sayings) {
        this.context = context;
        this.sayings = sayings;
    }

    /** A thumb up or down is what the customer thinks of that message. */
    Taken reaction(Event event) {
        var body = event.body();
        var score = score(body);
        if (score.isEmpty() || body.text("operator_type", "user").equals("app")) return done();
        return once(
                event,
                () -> sayings.said(body.text("message_id", ""))
                        .ifPresent(said -> context.inbox().rating(said.thread(), said.id(), score.get(), "")));
    }

    private static Optional<Integer> score(JsonObject body) {
        var emoji = body.object("reaction_type")
                .map(type -> type.text("emoji_type", ""))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        if (GOOD.contains(emoji)) return Optional.of(BEST);
        return BAD.contains(emoji) ? Optional.of(WORST) : Optional.empty();
    }

    /** What was read together is read up to the last of it. */
    Taken read(Event event) {
        return once(event, () -> {
            for (var id : event.body().list("message_id_list")) {
                var said = sayings.said(String.valueOf(id));
                said.flatMap(sayings::place)
                        .ifPresent(seq -> context.inbox().read(said.get().thread(), seq));
            }
        });
    }

    /** Remembered when it is done, so that a repeat after a failure does it. */
    private Taken once(Event event, Runnable work) {
        var key = "seen:" + event.id();
        if (!event.id().isEmpty() && context.store().get(key).isPresent()) return done();
        work.run();
        if (!event.id().isEmpty()) context.store().put(key, "1", REMEMBERED);
        return done();
    }

    private static Taken done() {
        return new Taken.Done(Map.of());
    }
}
