package io.kefuhub.channel.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakeClock;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The platform on one side, the hub on the other, real sockets between. */
public final class Rig implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    public final PlayedWecom wecom = new PlayedWecom();
    private final Wired wired = new Wired("wecom-1");
    public final FakeChannelContext hub = wired.hub;
    public final ChannelContext context = wired.context;

    public FakeClock clock() {
        return hub.clock();
    }

    public Instant now() {
        return hub.clock().instant();
    }

    @Override
    public void close() {
        wired.close();
        wecom.close();
    }

    public static Delivery reply(String thread, Part... parts) {
        return new Delivery(
                UUID.randomUUID().toString(), thread, "", new Author.Bot(), List.of(parts), 1, FakeClock.START);
    }

    public static Delivery again(Delivery delivery) {
        return new Delivery(
                delivery.id(),
                delivery.thread(),
                delivery.replyTo(),
                delivery.author(),
                delivery.parts(),
                delivery.attempt() + 1,
                delivery.lastHeard());
    }

    public static Part text(String text) {
        return new Part.Text(text);
    }

    /** Waits for what happens on another thread. */
    public static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time left").isLessThan(end);
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
