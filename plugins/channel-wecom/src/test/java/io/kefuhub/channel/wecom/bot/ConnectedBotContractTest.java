package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.kit.Applicable;
import io.kefuhub.api.kit.ChannelContract;
import io.kefuhub.api.kit.Customers;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakePlatform;
import io.kefuhub.api.kit.LargeFile;
import io.kefuhub.api.kit.Serving;
import io.kefuhub.api.kit.WebhookCalls;
import io.kefuhub.channel.wecom.Wired;
import io.kefuhub.channel.wecom.crypto.CallbackKey;
import io.kefuhub.channel.wecom.crypto.Encrypted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The contract for a bot that connects to WeCom. */
class ConnectedBotContractTest implements ChannelContract {
    /** Short pauses, and time for answers even where the machine is held up. */
    static final ConnectedBot.Rhythm PATIENT = rhythm(Duration.ofSeconds(20), Duration.ofSeconds(1));

    /**
     * @param answer for the platform's answer to a frame
     * @param heartbeat between two signs of life
     */
    static ConnectedBot.Rhythm rhythm(Duration answer, Duration heartbeat) {
        return new ConnectedBot.Rhythm(
                new Line.Rhythm(answer, heartbeat, Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(20)),
                Duration.ofMillis(30),
                Duration.ofMillis(5),
                Duration.ofSeconds(20));
    }

    private static final long LARGEST_FROM_CUSTOMERS = 100L << 20;
    private static final long LARGEST_TO_CUSTOMERS = 20L << 20;
    private static final int TOO_OFTEN = 45_009;

    /** Passes where an answer is lost, and is long enough for a busy machine to answer within. */
    private static final Duration PASSES = Duration.ofSeconds(2);

    private final Wired wired = new Wired("bot");
    private final PlayedBotServer server = new PlayedBotServer();
    private final PlayedHost host = new PlayedHost();
    private Optional<ConnectedBot> latest = Optional.empty();

    @AfterEach
    void end() {
        latest.ifPresent(ConnectedBot::close);
        wired.close();
        server.close();
        host.close();
    }

    @Override
    public ChannelFactory factory() {
        return new BotFactory();
    }

    @Override
    public Map<String, String> values() {
        return Map.of(
                "bot-id",
                PlayedBotServer.BOT,
                "bot-secret",
                PlayedBotServer.SECRET,
                "connection-address",
                server.address(),
                "media-address",
                host.address());
    }

    @Override
    public FakeChannelContext context() {
        return wired.hub;
    }

    @Override
    public Channel create(Settings settings) {
        var read = BotSettings.of(settings);
        var way = (BotSettings.Way.Connected) read.way();
        latest = Optional.of(new ConnectedBot(read, way, wired.context, rhythm(PASSES, Duration.ofSeconds(1))));
        return latest.get();
    }

    @Override
    public Applicable<WebhookCalls> webhook() {
        return Applicable.notBecause("nobody calls it: it connects to WeCom itself, and proves itself with its secret");
    }

    @Override
    public Customers customers() {
        return new Customers() {
            @Override
            public Way way() {
                return Way.CONNECTED;
            }

            // WeCom does not ask whether it has arrived.
            @Override
            public boolean write(Serving hub, String customer, String id, String text) {
                server.says(id, customer, text);
                Await.until(
                        "it is stored",
                        () -> context().conversations().incoming().stream()
                                .map(Incoming::externalId)
                                .anyMatch(id::equals));
                return true;
            }

            @Override
            public Applicable<Sent> files() {
                return Applicable.given(new Films());
            }
        };
    }

    private final class Films implements Customers.Sent {
        private static final String KEY = "ZmVkY2JhOTg3NjU0MzIxMEZFRENCQTk4NzY1NDMyMTA=";

        @Override
        public long largest() {
            return LARGEST_FROM_CUSTOMERS;
        }

        @Override
        public boolean write(Serving hub, String customer, String id, LargeFile file) {
            var key = CallbackKey.ofBase64(KEY).orElseThrow();
            var url = host.lay("film", () -> Encrypted.with(key, file.open(), file.size()));
            server.tells(id, customer, "video", Map.of("url", url, "aeskey", KEY));
            return true;
        }
    }

    /** While it is asked what it sends, it is connected. */
    @Override
    public Applicable<FakePlatform> platform() {
        var bot = latest.orElseThrow();
        Thread.ofVirtual().start(bot::listen);
        Await.until("it is connected", context().inbox()::isListening);
        return Applicable.given(new Shown());
    }

    private final class Shown implements FakePlatform {
        @Override
        public List<String> shown(String thread) {
            return server.shown(thread);
        }

        @Override
        public void loseNextAnswer() {
            server.silent(1);
        }

        @Override
        public Applicable<Tokens> tokens() {
            return Applicable.notBecause("it logs in with its secret when it connects, and holds no token");
        }

        @Override
        public Applicable<Limit> limit() {
            return Applicable.given(() -> server.refuseNextSend(TOO_OFTEN));
        }

        @Override
        public Applicable<Files> files() {
            return Applicable.given(new Files() {
                @Override
                public long largest() {
                    return LARGEST_TO_CUSTOMERS;
                }

                @Override
                public long brought() {
                    return server.brought();
                }
            });
        }
    }
}
