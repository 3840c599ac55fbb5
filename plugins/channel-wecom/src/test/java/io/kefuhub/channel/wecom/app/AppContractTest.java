package io.kefuhub.channel.wecom.app;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.kit.ChannelContract;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakePlatform;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.kit.WebhookCalls;
import io.kefuhub.channel.wecom.PlayedWecom;
import io.kefuhub.channel.wecom.Sealing;
import io.kefuhub.channel.wecom.WireContext;
import io.kefuhub.channel.wecom.WireHttp;
import io.kefuhub.channel.wecom.crypto.Callbacks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

class AppContractTest implements ChannelContract {
    private final FakeChannelContext context = new FakeChannelContext("app-1");
    private final WireHttp http = new WireHttp();
    private final PlayedWecom wecom = new PlayedWecom();

    @AfterEach
    void close() {
        context.close();
        wecom.close();
        http.close();
    }

    @Override
    public ChannelFactory factory() {
        return new AppFactory();
    }

    @Override
    public FakeChannelContext context() {
        return context;
    }

    @Override
    public Map<String, String> values() {
        var values = new HashMap<>(Sealing.values(wecom.address()));
        values.put("agent-id", "1000002");
        return values;
    }

    @Override
    public Channel create(Settings settings) {
        return factory().create(settings, new WireContext(context, http));
    }

    @Override
    public Optional<WebhookCalls> webhook() {
        return Optional.of(new WebhookCalls() {
            @Override
            public Requests genuine(Instant at) {
                return Sealing.call(AppMessages.text("1", "你好", at), at);
            }

            @Override
            public Requests unknownType(Instant at) {
                return Sealing.call(AppMessages.message("2", "hologram", "<Depth>3</Depth>", at), at);
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
                return Optional.of(Sealing.plaintext(AppMessages.text("1", "你好", at), at));
            }
        });
    }

    @Override
    public Optional<FakePlatform> platform() {
        return Optional.of(new FakePlatform() {
            @Override
            public List<String> shown(String thread) {
                return wecom.shown(thread);
            }

            @Override
            public void loseNextAnswer() {
                wecom.next("/cgi-bin/message/send", PlayedWecom.Reaction.CUT_OFF);
            }
        });
    }
}
