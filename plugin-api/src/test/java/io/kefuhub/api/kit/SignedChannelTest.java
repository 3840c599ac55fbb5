package io.kefuhub.api.kit;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The contract as the author of a channel implements it. */
class SignedChannelTest implements ChannelContract {
    private static final String SECRET = "channel-secret-2026";

    private final FakeChannelContext context = new FakeChannelContext("signed-1");
    private BiFunction<Settings, ChannelContext, SignedChannel> made = SignedChannel::new;
    private Optional<SignedChannel> latest = Optional.empty();

    /** Puts another channel in its place. */
    SignedChannelTest with(BiFunction<Settings, ChannelContext, SignedChannel> other) {
        made = other;
        return this;
    }

    @Override
    public ChannelFactory factory() {
        return new SignedChannel.Factory();
    }

    @Override
    public Map<String, String> values() {
        return Map.of("secret", SECRET);
    }

    @Override
    public Channel create(Settings settings) {
        latest = Optional.of(made.apply(settings, context));
        return latest.get();
    }

    @Override
    public FakeChannelContext context() {
        return context;
    }

    @Override
    public Optional<WebhookCalls> webhook() {
        return Optional.of(new WebhookCalls() {
            @Override
            public Requests genuine(Instant at) {
                return signed("m1|text|hello", at);
            }

            @Override
            public Requests unknownType(Instant at) {
                return signed("m2|hologram|", at);
            }

            @Override
            public Set<String> proof() {
                return Set.of("x-signature", "x-time");
            }

            @Override
            public Optional<Duration> staleAfter() {
                return Optional.of(SignedChannel.STALE);
            }

            @Override
            public Optional<Requests> plaintext(Instant at) {
                return Optional.empty();
            }
        });
    }

    private static Requests signed(String body, Instant at) {
        var call = Requests.post("/webhooks/signed-1", body);
        var time = String.valueOf(at.getEpochSecond());
        return call.withHeader("x-time", time).withHeader("x-signature", SignedChannel.sign(SECRET, time, call.body()));
    }

    @Override
    public Optional<FakePlatform> platform() {
        return Optional.of(new FakePlatform() {
            @Override
            public List<String> shown(String thread) {
                return latest.orElseThrow().sent();
            }

            @Override
            public void loseNextAnswer() {
                latest.orElseThrow().loseNext();
            }
        });
    }
}
