package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Localized;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ChannelContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Keeps one connection to the platform at a time: logs in, gives signs of life, and begins again, later and later, when it
 * breaks. Does not come back where that would do harm: refused credentials, or another program that has taken over. Safe for
 * threads; {@link #listen} is for one.
 */
final class Line implements AutoCloseable {
    private static final long WRONG_CREDENTIALS = 853_000;
    private static final Duration LOOK = Duration.ofMillis(20);
    static final Localized CONNECTING = Localized.of("the connection to WeCom is being made", "正在连接企业微信");

    private final BotSettings.Way.Connected way;
    private final ChannelContext context;
    private final Consumer<Frame> heard;
    private final Rhythm rhythm;
    private final Holder holder;
    private volatile Standing standing = new Standing.Down(CONNECTING);
    private volatile boolean listening;
    private volatile boolean evicted;
    private boolean lasted;
    private volatile boolean closed;

    /**
     * How long is waited.
     *
     * @param login for the answer to a login, and to anything else
     * @param heartbeat between two signs of life; without an answer to two the connection counts as dead
     * @param first before the first new try; twice as long each further time
     * @param longest between two tries
     * @param standby between two looks whether another of this hub is still connected
     */
    record Rhythm(Duration login, Duration heartbeat, Duration first, Duration longest, Duration standby) {
        static final Rhythm USUAL = new Rhythm(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5));
    }

    Line(BotSettings.Way.Connected way, ChannelContext context, Consumer<Frame> heard, Rhythm rhythm) {
        this.way = way;
        this.context = context;
        this.heard = heard;
        this.rhythm = rhythm;
        this.holder = new Holder(context.store(), way);
    }

    Standing standing() {
        return standing;
    }

    /** Returns when it is interrupted or closed. */
    void listen() {
        var pause = rhythm.first();
        listening = true;
        try {
            while (!closed) {
                lasted = false;
                standing = session();
                if (lasted) pause = rhythm.first();
                switch (standing) {
                    case Standing.Down _ -> {
                        Thread.sleep(jittered(pause));
                        pause = longer(pause);
                    }
                    case Standing.Replaced() -> standBy();
                    case Standing.Refused(var reason) -> {
                        context.inbox().refused(BotSettings.SECRET.key(), reason);
                        waitForEver();
                    }
                    case Standing.Evicted() -> {
                        context.inbox().refused(BotSettings.BOT_ID.key(), Standing.Evicted.REASON);
                        waitForEver();
                    }
                    case Standing.Up _ -> {}
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            listening = false;
            holder.leave();
        }
    }

    private Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(rhythm.longest()) < 0 ? twice : rhythm.longest();
    }

    /** A little apart, so that many hubs do not come back at once. */
    private static Duration jittered(Duration pause) {
        var half = Math.max(1, pause.toMillis() / 2);
        return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
    }

    private void standBy() throws InterruptedException {
        do {
            Thread.sleep(rhythm.standby());
        } while (isAnother());
    }

    private boolean isAnother() {
        try {
            return holder.isAnother();
        } catch (UnavailableException _) {
            return true;
        }
    }

    private synchronized void waitForEver() throws InterruptedException {
        while (!closed) wait();
    }

    /** One connection from beginning to end; returns how it stands after it. */
    private Standing session() throws InterruptedException {
        evicted = false;
        holder.claim();
        try (var link = Link.open(context.http(), way.socket(), heard)) {
            var refused = login(link);
            if (refused.isPresent()) return refused.get();
            standing = new Standing.Up(link);
            lasted = true;
            holder.stay();
            context.inbox().listening();
            return serve(link);
        }
    }

    private Optional<Standing> login(Link link) throws InterruptedException {
        var credentials = Map.<String, Object>of("bot_id", way.botId(), "secret", way.secret());
        return switch (link.ask("aibot_subscribe", Link.newId(), credentials, rhythm.login())) {
            case Ack.Taken _ -> Optional.empty();
            case Ack.Refused refused -> Optional.of(refused(refused));
            case Ack.Silent() ->
                Optional.of(new Standing.Down(Localized.of("WeCom did not answer the login", "企业微信没有应答登录")));
            case Ack.NotSent _ -> Optional.of(new Standing.Down(unreachable(link)));
        };
    }

    private static Standing refused(Ack.Refused refused) {
        if (refused.code() != WRONG_CREDENTIALS) return new Standing.Down(refused.words());
        return new Standing.Refused(Localized.of(
                "WeCom does not know this bot ID with this secret (853000). Copy both again from the bot's "
                        + "API settings in WeCom, and see that it is set to long connection there.",
                "机器人 ID 与 Secret 不匹配（853000）。请从企业微信该机器人的 API 设置中重新复制二者，并确认其中选择了长连接。"));
    }

    private Localized unreachable(Link link) {
        var end = link.end();
        var host = way.socket().getHost();
        if (end.isNotAllowed()) return Localized.of(host + " may not be called", "未获准访问 " + host);
        return Localized.of(
                host + " cannot be reached" + (end.reason().isEmpty() ? "" : ": " + end.reason())
                        + ". This server must be allowed to connect to it.",
                "无法连接 " + host + (end.reason().isEmpty() ? "" : "（" + end.reason() + "）") + "，请确认本机能够访问该地址。");
    }

    private Standing serve(Link link) throws InterruptedException {
        var last = CompletableFuture.<Ack>completedFuture(new Ack.Silent());
        var missed = 0;
        while (!closed && !link.awaitEnd(rhythm.heartbeat())) {
            if (evicted) return evictedBy();
            missed = last.isDone() ? 0 : missed + 1;
            if (missed >= 2) return new Standing.Down(Localized.of("WeCom gave no sign of life", "企业微信没有心跳应答"));
            last = link.ping();
            holder.stay();
        }
        return evicted ? evictedBy() : new Standing.Down(Localized.of("the connection to WeCom broke", "与企业微信的连接中断"));
    }

    private Standing evictedBy() {
        try {
            // Nobody: somebody of this hub who only tried the credentials has gone again.
            return holder.isMe() ? new Standing.Evicted() : new Standing.Replaced();
        } catch (UnavailableException _) {
            return new Standing.Replaced();
        }
    }

    /** Another has connected as this bot: this connection is over, and is not made again just so. */
    void evicted() {
        evicted = true;
        if (!(standing instanceof Standing.Up(var link))) return;
        // Nothing is sent over it any more, from now on.
        standing = new Standing.Down(Localized.of("another has connected as this bot", "另一个程序已用此机器人连接"));
        link.close();
    }

    /** Tries the credentials, without evicting one of this hub that has proven them. */
    CheckResult check() {
        try {
            if (listening) return settled();
            return holder.isProven() ? new CheckResult.Fine() : tried();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Standing.wrong(BotSettings.SOCKET.key(), Localized.of("the check was called off", "检查被取消"));
        }
    }

    /** How it stands with a connection that is kept or being made, which a trial would disturb. */
    private CheckResult settled() throws InterruptedException {
        var end = System.nanoTime() + rhythm.login().toNanos();
        while (standing instanceof Standing.Down && System.nanoTime() < end) Thread.sleep(LOOK);
        return found(standing);
    }

    private static CheckResult found(Standing standing) {
        return switch (standing) {
            case Standing.Up _, Standing.Replaced _ -> new CheckResult.Fine();
            case Standing.Down(var reason) -> Standing.wrong(BotSettings.SOCKET.key(), reason);
            case Standing.Refused(var reason) -> Standing.wrong(BotSettings.SECRET.key(), reason);
            case Standing.Evicted _ -> Standing.wrong(BotSettings.BOT_ID.key(), Standing.Evicted.REASON);
        };
    }

    private CheckResult tried() throws InterruptedException {
        holder.claim();
        try (var link = Link.open(context.http(), way.socket(), _ -> {})) {
            return login(link).map(Line::found).orElseGet(CheckResult.Fine::new);
        } finally {
            holder.leave();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (standing instanceof Standing.Up(var link)) link.close();
        synchronized (this) {
            notifyAll();
        }
    }
}
