package io.kefuhub.channel.feishu;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.kit.ChannelContract;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakePlatform;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.kit.WebhookCalls;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The webhook as its contract wants it. */
class FeishuWebhookContractTest implements ChannelContract {
    private final PlayedPlatform platform = new PlayedPlatform();
    private final Wired wired = new Wired(platform);

    FeishuWebhookContractTest() throws IOException {}

    @AfterEach
    void end() {
        wired.close();
        platform.close();
    }

    @Override
    public ChannelFactory factory() {
        return new FeishuFactory();
    }

    @Override
    public Map<String, String> values() {
        return wired.values("webhook");
    }

    @Override
    public Channel create(Settings settings) {
        return factory().create(settings, wired);
    }

    @Override
    public FakeChannelContext context() {
        return wired.fake;
    }

    @Override
    public Optional<WebhookCalls> webhook() {
        return Optional.of(new WebhookCalls() {
            @Override
            public Requests genuine(Instant at) {
                return Sealed.call(Told.text("om_1", "你好").json(), at);
            }

            @Override
            public Requests unknownType(Instant at) {
                return Sealed.call(Told.of("om_2", "hologram", Map.of()).json(), at);
            }

            @Override
            public Set<String> proof() {
                return Set.of("X-Lark-Request-Timestamp", "X-Lark-Request-Nonce", "X-Lark-Signature");
            }

            @Override
            public Optional<Duration> staleAfter() {
                return Optional.of(Duration.ofHours(8));
            }

            @Override
            public Optional<Requests> plaintext(Instant at) {
                return Optional.of(Sealed.signed(Told.text("om_1", "你好").json(), at));
            }
        });
    }

    @Override
    public Optional<FakePlatform> platform() {
        return Optional.of(new Shown(platform));
    }

    /** What the chat shows, as the contract asks for it. */
    record Shown(PlayedPlatform platform) implements FakePlatform {
        @Override
        public List<String> shown(String thread) {
            return platform.shown(thread);
        }

        @Override
        public void loseNextAnswer() {
            platform.loseNextAnswer();
        }
    }
}
