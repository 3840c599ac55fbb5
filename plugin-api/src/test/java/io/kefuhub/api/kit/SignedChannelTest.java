package io.kefuhub.api.kit;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract as the author of a channel implements it. */
class SignedChannelTest implements ChannelContract {
    private static final String SECRET = "channel-secret-2026";

    private final FakeChannelContext context = new FakeChannelContext("signed-1");
    private final SmallPlatform platform = new SmallPlatform();
    private SignedChannel.Making making = SignedChannel::new;
    private Customers.Way way = Customers.Way.CALLED;

    @AfterEach
    void end() {
        context.close();
    }

    /** Puts another channel in its place. */
    SignedChannelTest with(SignedChannel.Making other) {
        making = other;
        return this;
    }

    /** The platform only says that something waits. */
    SignedChannelTest pulled() {
        way = Customers.Way.PULLED;
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
        return making.make(settings, context, platform);
    }

    @Override
    public FakeChannelContext context() {
        return context;
    }

    @Override
    public Applicable<WebhookCalls> webhook() {
        return Applicable.given(new WebhookCalls() {
            @Override
            public Requests genuine(Instant at) {
                return signed("us|anna|m1|text|hello", at);
            }

            @Override
            public Requests unknownType(Instant at) {
                return signed("us|anna|m2|hologram|", at);
            }

            @Override
            public Set<String> proof() {
                return Set.of("x-signature", "x-time");
            }

            @Override
            public Applicable<Duration> staleAfter() {
                return Applicable.given(SignedChannel.STALE);
            }

            @Override
            public Applicable<Requests> plaintext(Instant at) {
                return Applicable.notBecause("this platform signs and does not encrypt");
            }

            @Override
            public Applicable<Requests> forAnother(Instant at) {
                return Applicable.given(signed("them|anna|m1|text|hello", at));
            }
        });
    }

    private static Requests signed(String body, Instant at) {
        var call = Requests.post("/webhooks/signed-1", body);
        var time = String.valueOf(at.getEpochSecond());
        return call.withHeader("x-time", time).withHeader("x-signature", SignedChannel.sign(SECRET, time, call.body()));
    }

    @Override
    public Customers customers() {
        return new Customers() {
            @Override
            public Way way() {
                return way;
            }

            @Override
            public boolean write(Serving hub, String customer, String id, String text) {
                return tell(hub, "us|" + customer + "|" + id + "|text|" + text);
            }

            @Override
            public Applicable<Sent> files() {
                return Applicable.given(new Sent() {
                    @Override
                    public long largest() {
                        return 100L << 20;
                    }

                    @Override
                    public boolean write(Serving hub, String customer, String id, LargeFile file) {
                        platform.lay(file);
                        return tell(hub, "us|" + customer + "|" + id + "|file|");
                    }
                });
            }

            private boolean tell(Serving hub, String body) {
                return hub.call(signed(body, context.clock().instant()));
            }
        };
    }

    @Override
    public Applicable<FakePlatform> platform() {
        return Applicable.given(platform);
    }
}
