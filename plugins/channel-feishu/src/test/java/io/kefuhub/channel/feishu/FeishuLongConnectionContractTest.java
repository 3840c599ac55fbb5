package io.kefuhub.channel.feishu;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.kit.ChannelContract;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakePlatform;
import io.kefuhub.api.kit.WebhookCalls;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The long connection as its contract wants it. */
class FeishuLongConnectionContractTest implements ChannelContract {
    private final PlayedPlatform platform = new PlayedPlatform();
    private final Wired wired = new Wired(platform);

    FeishuLongConnectionContractTest() throws IOException {}

    @BeforeEach
    void listen() {
        platform.socket(new WebSocketListener() {});
    }

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
        return wired.values("long-connection");
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
        return Optional.empty();
    }

    @Override
    public Optional<FakePlatform> platform() {
        return Optional.of(new FeishuWebhookContractTest.Shown(platform));
    }
}
