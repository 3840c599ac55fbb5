package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Draft;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A bot that connects to the platform: no public address is needed, and something can be said at any time. Safe for threads. */
final class ConnectedBot implements Channel {
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final BotSettings settings;
    private final ChannelContext context;
    private final Reading reading;
    private final Line line;
    private final Arrivals arrivals;
    private final Judgements judgements;
    private final Offered offered;
    private final ConnectedReplies replies;

    /**
     * How long is waited.
     *
     * @param gap between two frames of one answer
     * @param pause between two tries to store a message or fetch a file
     * @param upload for a file to be brought, before its message waits for its next turn
     */
    record Rhythm(Line.Rhythm line, Duration gap, Duration pause, Duration upload) {
        static final Rhythm USUAL =
                new Rhythm(Line.Rhythm.USUAL, Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    ConnectedBot(BotSettings settings, BotSettings.Way.Connected way, ChannelContext context, Rhythm rhythm) {
        this.settings = settings;
        this.context = context;
        this.reading = new Reading(context.clock());
        this.line = new Line(way, context, this::hear, rhythm.line());
        this.judgements = new Judgements(context);
        this.offered = new Offered(context.store());
        var questions = new Questions(context);
        var fetching = new Fetching(context, settings.media(), Optional.empty());
        this.arrivals = new Arrivals(context, fetching, said -> questions.add(said.origin()), rhythm.pause());
        this.replies = new ConnectedReplies(
                context,
                line,
                questions,
                new Uploads(context, this::ask, rhythm.upload()),
                judgements,
                offered,
                settings.words(),
                new ConnectedReplies.Rhythm(rhythm.line().login(), rhythm.gap()));
    }

    @Override
    public Abilities abilities() {
        return new Abilities(
                Abilities.DeliveryKind.PUSHED,
                new Abilities.Streaming.Edits(Duration.ofMillis(500), 600),
                Wording.MOST_CHARACTERS - 10,
                Duration.ofSeconds(Long.MAX_VALUE),
                Integer.MAX_VALUE,
                Abilities.Repeats.RECOGNISED);
    }

    @Override
    public CheckResult check() {
        return line.check();
    }

    @Override
    public void listen() {
        arrivals.resume();
        context.tasks().every(SWEEP, () -> context.tasks().run("resume", arrivals::resume));
        line.listen();
    }

    /** Called by the thread that also brings the answers to our frames: it must not wait for one. */
    private void hear(Frame frame) {
        switch (reading.read(frame.body())) {
            case Callback.Said(var origin, var pieces) ->
                arrivals.take(new Callback.Said(origin.answeredTo(frame.id()), pieces));
            case Callback.Entered _ -> welcome(frame.id());
            case Callback.Pressed pressed -> {
                context.tasks().run("settle-card", () -> settle(frame.id(), pressed));
                arrivals.take(new Callback.Said(
                        pressed.origin().answeredTo(frame.id()), pressed.said().pieces()));
            }
            case Callback.Judged judged -> context.tasks().run("judgement", () -> judgements.take(judged));
            case Callback.Evicted() -> line.evicted();
            case Callback.Fetches _, Callback.Nothing _ -> {}
        }
    }

    private void welcome(String frame) {
        if (settings.welcome().isEmpty()) return;
        context.tasks().run("welcome", () -> {
            try {
                var text = Map.of("content", settings.welcome());
                ask("aibot_respond_welcome_msg", frame, Map.of("msgtype", "text", "text", text), Duration.ofSeconds(5));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Shows on the card what was chosen, which the platform takes for some seconds: nobody chooses twice. */
    private void settle(String frame, Callback.Pressed pressed) {
        var card = offered.chosen(pressed.task(), pressed.key());
        if (card.isEmpty()) return;
        try {
            ask("aibot_respond_update_msg", frame, card.get(), Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Ack ask(String command, String id, Map<String, Object> body, Duration limit) throws InterruptedException {
        return line.standing() instanceof Standing.Up(var link)
                ? link.ask(command, id, body, limit)
                : new Ack.NotSent(Line.CONNECTING);
    }

    @Override
    public Delivered deliver(Delivery delivery) {
        try {
            return replies.deliver(delivery);
        } catch (InterruptedException _) {
            return calledOff();
        }
    }

    @Override
    public Delivered revise(Draft draft) {
        try {
            return replies.revise(draft);
        } catch (InterruptedException _) {
            return calledOff();
        }
    }

    /** What may be repeated is told by what is kept of the reply. */
    private static Delivered calledOff() {
        Thread.currentThread().interrupt();
        return new Delivered.Unknown(Localized.of("it was called off", "发送被取消"), true);
    }

    @Override
    public void close() {
        line.close();
    }
}
