package io.kefuhub.channel.feishu.socket;

import io.kefuhub.api.Http;
import io.kefuhub.api.Localized;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the long connection up until it is interrupted: asks where, opens, shows that it is there, and opens again as the
 * platform wants it. One thread only.
 */
public final class LongConnection {
    private static final Logger LOG = LoggerFactory.getLogger(LongConnection.class);
    private static final Duration HOPELESS = Duration.ofMinutes(10);

    private final Http http;
    private final Endpoint endpoint;
    private final Events events;
    private final Watch watch;
    private Rhythm rhythm = Rhythm.USUAL;

    /** Takes an event; the platform waits three seconds for the answer. */
    public interface Events {
        /**
         * @param json as in a webhook call after decryption
         * @return what the platform is told
         */
        Outcome take(String json);
    }

    /**
     * What became of an event.
     *
     * @param stored whether it need not come again
     * @param reply JSON for the customer's device; empty for none
     */
    public record Outcome(boolean stored, String reply) {}

    /** Told how the connection fares. */
    public interface Watch {
        void isUp();

        /** Only an admin can put it right. */
        void isRefused(String setting, Localized reason);
    }

    public LongConnection(Http http, Endpoint endpoint, Events events, Watch watch) {
        this.http = http;
        this.endpoint = endpoint;
        this.events = events;
        this.watch = watch;
    }

    public void keep() {
        try {
            var failures = 0L;
            while (!Thread.currentThread().isInterrupted()) {
                var lasted = once();
                failures = lasted ? 0 : failures + 1;
                if (rhythm.tries() >= 0 && failures > rhythm.tries()) {
                    LOG.warn("The long connection is not opened again: the platform allows {} tries", rhythm.tries());
                    return;
                }
                pause(lasted || failures == 0);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens one connection and stays with it; says whether it was open. */
    private boolean once() throws InterruptedException {
        return switch (endpoint.ask()) {
            case Endpoint.Found.Here here -> stay(here);
            case Endpoint.Found.NotNow(var words) -> {
                LOG.warn("{}", words);
                yield false;
            }
            case Endpoint.Found.Wrong(var setting, var words) -> {
                watch.isRefused(setting, words);
                Thread.sleep(HOPELESS);
                yield false;
            }
        };
    }

    private boolean stay(Endpoint.Found.Here here) throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) throw new InterruptedException();
        rhythm = rhythm.with(here.config());
        var session = new Session(here.service(), rhythm, events);
        var socket = http.connect(here.address(), Map.of(), session);
        var opened = session.opened(socket);
        if (opened) watch.isUp();
        try {
            session.keep();
        } finally {
            session.end();
            rhythm = session.rhythm();
        }
        if (opened) LOG.info("The long connection ended: {}", session.reason());
        else LOG.warn("The long connection was not opened: {}", session.reason());
        return opened;
    }

    /** After a break a random while, so that not all hubs come back at once; then at the platform's interval. */
    private void pause(boolean first) throws InterruptedException {
        var most = rhythm.nonce().toMillis();
        Thread.sleep(
                first
                        ? Duration.ofMillis(
                                most <= 0 ? 0 : ThreadLocalRandom.current().nextLong(most + 1))
                        : rhythm.interval());
    }
}
