package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.kit.ChannelContract;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakePlatform;
import io.kefuhub.api.kit.WebhookCalls;
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

    private final FakeChannelContext context = new FakeChannelContext("bot");
    private final WireHttp wire = new WireHttp();
    private final PlayedBotServer server = new PlayedBotServer();
    private Optional<ConnectedBot> latest = Optional.empty();

    @AfterEach
    void end() {
        latest.ifPresent(ConnectedBot::close);
        context.close();
        server.close();
        wire.close();
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
                server.address());
    }

    @Override
    public FakeChannelContext context() {
        return context;
    }

    @Override
    public Channel create(Settings settings) {
        var read = BotSettings.of(settings);
        var way = (BotSettings.Way.Connected) read.way();
        latest = Optional.of(new ConnectedBot(read, way, new WireContext(context, wire), PATIENT));
        return latest.get();
    }

    @Override
    public Optional<WebhookCalls> webhook() {
        return Optional.empty();
    }

    @Override
    public Optional<FakePlatform> platform() {
        var bot = latest.orElseThrow();
        Thread.ofVirtual().start(bot::listen);
        Await.until("it is connected", context.inbox()::isListening);
        return Optional.of(new FakePlatform() {
            @Override
            public List<String> shown(String thread) {
                return server.shown(thread);
            }

            @Override
            public void loseNextAnswer() {
                server.silent(1);
            }
        });
    }
}
