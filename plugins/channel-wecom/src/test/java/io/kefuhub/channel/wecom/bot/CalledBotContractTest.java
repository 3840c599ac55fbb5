package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Draft;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.kit.ChannelContract;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakePlatform;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.kit.WebhookCalls;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.wecom.crypto.Callbacks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract for a bot that WeCom calls. */
class CalledBotContractTest implements ChannelContract {
    private final FakeChannelContext context = new FakeChannelContext("bot");
    private final WireHttp wire = new WireHttp();
    private final PlayedHost host = new PlayedHost();
    private final PlayedCaller caller = new PlayedCaller(new WireContext(context, wire), host);
    private final Map<String, String> bubbles = new LinkedHashMap<>();
    private final List<String> open = new ArrayList<>();
    private volatile boolean fetches = true;
    private volatile boolean ended;
    private volatile Optional<Channel> latest = Optional.empty();
    private int said;

    @AfterEach
    void end() {
        ended = true;
        context.close();
        host.close();
        wire.close();
    }

    @Override
    public ChannelFactory factory() {
        return new BotFactory();
    }

    @Override
    public Map<String, String> values() {
        return Map.of(
                "mode",
                "webhook",
                "token",
                PlayedCaller.TOKEN,
                "aes-key",
                PlayedCaller.AES_KEY,
                "api-address",
                host.address(),
                "media-address",
                host.address());
    }

    @Override
    public FakeChannelContext context() {
        return context;
    }

    /** A customer writes before every reply, as the platform lets a bot say nothing unasked. */
    @Override
    public Channel create(Settings settings) {
        var read = BotSettings.of(settings);
        var rhythm = new CalledBot.Rhythm(Duration.ofSeconds(20), Duration.ofMillis(5));
        var bot = new CalledBot(read, (BotSettings.Way.Called) read.way(), new WireContext(context, wire), rhythm);
        return new Answered(bot);
    }

    private final class Answered implements Channel {
        private final Channel bot;

        Answered(Channel bot) {
            this.bot = bot;
        }

        @Override
        public Abilities abilities() {
            return bot.abilities();
        }

        @Override
        public Receipt receive(WebRequest request) {
            return bot.receive(request);
        }

        @Override
        public Delivered deliver(Delivery delivery) {
            latest = Optional.of(bot);
            writes(delivery.thread());
            var fetcher = Thread.ofVirtual().start(CalledBotContractTest.this::fetch);
            try {
                return bot.deliver(delivery);
            } finally {
                ended = true;
                join(fetcher);
                ended = false;
            }
        }

        @Override
        public Delivered revise(Draft draft) {
            return bot.revise(draft);
        }

        @Override
        public void listen() {
            bot.listen();
        }

        @Override
        public void close() {
            bot.close();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void writes(String user) {
        var begun = caller.says(latest.orElseThrow(), "asked-" + said++, user, "and then?");
        synchronized (open) {
            open.add(begun.object("stream").orElseThrow().text("id", ""));
        }
    }

    private void fetch() {
        while (!ended) {
            if (fetches) List.copyOf(open).forEach(this::fetch);
            Thread.onSpinWait();
        }
    }

    private void fetch(String stream) {
        var grown = caller.fetch(latest.orElseThrow(), stream);
        synchronized (open) {
            if (!grown.text("content", "").isEmpty()) bubbles.put(stream, grown.text("content", ""));
            if (grown.flag("finish")) open.remove(stream);
        }
    }

    @Override
    public Optional<WebhookCalls> webhook() {
        return Optional.of(new WebhookCalls() {
            @Override
            public Requests genuine(Instant at) {
                return PlayedCaller.call(message("text", Map.of("content", "你好")), at);
            }

            @Override
            public Requests unknownType(Instant at) {
                return PlayedCaller.call(message("hologram", Map.of("id", 1)), at);
            }

            @Override
            public Set<String> proof() {
                return Set.of("msg_signature", "timestamp", "nonce");
            }

            @Override
            public Optional<Duration> staleAfter() {
                return Optional.of(Callbacks.FRESH);
            }

            @Override
            public Optional<Requests> plaintext(Instant at) {
                var genuine = genuine(at);
                return Optional.of(genuine.withBody(message("text", Map.of("content", "你好"))));
            }
        });
    }

    private String message(String type, Map<String, Object> content) {
        return Json.write(caller.message("CAIQ-1", "thread-1", type, content));
    }

    @Override
    public Optional<FakePlatform> platform() {
        return Optional.of(new FakePlatform() {
            @Override
            public List<String> shown(String thread) {
                synchronized (open) {
                    var all = new ArrayList<>(bubbles.values());
                    all.addAll(host.taken());
                    return all;
                }
            }

            /** It stops fetching, so that the reply is sent, and then the answer to that is lost. */
            @Override
            public void loseNextAnswer() {
                fetches = false;
                host.loseNextAnswer();
            }
        });
    }
}
