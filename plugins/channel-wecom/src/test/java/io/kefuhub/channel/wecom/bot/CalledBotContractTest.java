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
import io.kefuhub.api.kit.Applicable;
import io.kefuhub.api.kit.ChannelContract;
import io.kefuhub.api.kit.Customers;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakePlatform;
import io.kefuhub.api.kit.LargeFile;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.kit.Serving;
import io.kefuhub.api.kit.WebhookCalls;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.wecom.Wired;
import io.kefuhub.channel.wecom.crypto.Callbacks;
import io.kefuhub.channel.wecom.crypto.Encrypted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract for a bot that WeCom calls. */
class CalledBotContractTest implements ChannelContract {
    private static final String ANOTHER = "ww1a2b3c4d5e6f7081";
    private static final long LARGEST = 100L << 20;
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration IMPATIENT = Duration.ofMillis(300);

    private final Wired wired = new Wired("bot");
    private final PlayedHost host = new PlayedHost();
    private final PlayedCaller caller = new PlayedCaller(wired.context, host);
    private final Map<String, String> bubbles = new LinkedHashMap<>();
    private final List<String> open = new ArrayList<>();
    private volatile boolean fetches = true;
    private volatile boolean ended;
    private volatile Optional<Channel> latest = Optional.empty();
    private int said;

    @AfterEach
    void end() {
        ended = true;
        wired.close();
        host.close();
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
        return wired.hub;
    }

    /** A customer writes before every reply, as the platform lets a bot say nothing unasked. */
    @Override
    public Channel create(Settings settings) {
        var read = BotSettings.of(settings);
        var way = (BotSettings.Way.Called) read.way();
        return new Answered(called(read, way, PATIENT), called(read, way, IMPATIENT));
    }

    private CalledBot called(BotSettings settings, BotSettings.Way.Called way, Duration patience) {
        return new CalledBot(settings, way, wired.context, new CalledBot.Rhythm(patience, Duration.ofMillis(5)));
    }

    /** Where nobody fetches, the same bot that does not wait long for it. */
    private final class Answered implements Channel {
        private final Channel bot;
        private final Channel impatient;

        Answered(Channel bot, Channel impatient) {
            this.bot = bot;
            this.impatient = impatient;
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
                return (fetches ? bot : impatient).deliver(delivery);
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
            impatient.close();
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
    public Applicable<WebhookCalls> webhook() {
        return Applicable.given(new WebhookCalls() {
            @Override
            public Requests genuine(Instant at) {
                return PlayedCaller.call(text("CAIQ-1", "thread-1", "你好"), at);
            }

            @Override
            public Requests unknownType(Instant at) {
                return PlayedCaller.call(message("CAIQ-2", "thread-1", "hologram", Map.of("id", 1)), at);
            }

            @Override
            public Set<String> proof() {
                return Set.of("msg_signature", "timestamp", "nonce");
            }

            @Override
            public Applicable<Duration> staleAfter() {
                return Applicable.given(Callbacks.FRESH);
            }

            @Override
            public Applicable<Requests> plaintext(Instant at) {
                return Applicable.given(genuine(at).withBody(text("CAIQ-1", "thread-1", "你好")));
            }

            // What is for a bot names no receiver; what is for the corp's other accounts does.
            @Override
            public Applicable<Requests> forAnother(Instant at) {
                var others = new Callbacks(PlayedCaller.TOKEN, PlayedCaller.KEY, ANOTHER, InstantSource.fixed(at));
                return Applicable.given(PlayedCaller.call(text("CAIQ-1", "thread-1", "你好"), others));
            }
        });
    }

    private String text(String id, String user, String text) {
        return message(id, user, "text", Map.of("content", text));
    }

    private String message(String id, String user, String type, Map<String, Object> content) {
        return Json.write(caller.message(id, user, type, content));
    }

    @Override
    public Customers customers() {
        return new Customers() {
            @Override
            public Way way() {
                return Way.CALLED;
            }

            @Override
            public boolean write(Serving hub, String customer, String id, String text) {
                return tell(hub, text(id, customer, text));
            }

            @Override
            public Applicable<Sent> files() {
                return Applicable.given(new Sent() {
                    @Override
                    public long largest() {
                        return LARGEST;
                    }

                    @Override
                    public boolean write(Serving hub, String customer, String id, LargeFile file) {
                        var url = host.lay("film", () -> Encrypted.with(PlayedCaller.KEY, file.open(), file.size()));
                        return tell(hub, message(id, customer, "video", Map.of("url", url)));
                    }
                });
            }

            private boolean tell(Serving hub, String json) {
                return hub.call(PlayedCaller.call(json, wired.hub.clock().instant()));
            }
        };
    }

    @Override
    public Applicable<FakePlatform> platform() {
        return Applicable.given(new Shown());
    }

    private final class Shown implements FakePlatform {
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

        @Override
        public Applicable<Tokens> tokens() {
            return Applicable.notBecause(
                    "WeCom fetches what it says, or it uses an address that came with the question");
        }

        /** It stops fetching, so that replies are sent, of which the next is one too many. */
        @Override
        public Applicable<Limit> limit() {
            return Applicable.given(() -> {
                fetches = false;
                host.refuseNext();
            });
        }

        @Override
        public Applicable<Files> files() {
            return Applicable.notBecause("WeCom takes no files from a bot that it calls; agents are told so");
        }
    }
}
