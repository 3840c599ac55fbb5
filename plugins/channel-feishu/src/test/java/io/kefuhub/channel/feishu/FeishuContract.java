package io.kefuhub.channel.feishu;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.kit.Applicable;
import io.kefuhub.api.kit.ChannelContract;
import io.kefuhub.api.kit.Customers;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakePlatform;
import io.kefuhub.api.kit.LargeFile;
import io.kefuhub.api.kit.Serving;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;

/** The contract of an app, whichever way it hears of events. */
abstract class FeishuContract implements ChannelContract {
    private static final long LARGEST_FROM_CUSTOMERS = 100L << 20;
    private static final long LARGEST_TO_CUSTOMERS = 30L << 20;

    final PlayedPlatform platform = new PlayedPlatform();
    final Wired wired = new Wired(platform);
    private final Map<String, Instant> firstTold = new ConcurrentHashMap<>();
    private final String transport;
    private final Customers.Way way;

    FeishuContract(String transport, Customers.Way way) throws IOException {
        this.transport = transport;
        this.way = way;
    }

    /**
     * Tells of an event.
     *
     * @param first when the platform told of it for the first time
     */
    abstract boolean tell(Serving hub, String event, Instant first);

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
        return wired.values(transport);
    }

    @Override
    public Channel create(Settings settings) {
        return factory().create(settings, wired.context);
    }

    @Override
    public FakeChannelContext context() {
        return wired.fake;
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
                return tell(hub, customer, id, Told.text("om_" + id, text));
            }

            @Override
            public Applicable<Sent> files() {
                return Applicable.given(new Films());
            }
        };
    }

    private boolean tell(Serving hub, String customer, String id, Told told) {
        var first = firstTold.computeIfAbsent(id, _ -> wired.fake.clock().instant());
        return tell(
                hub, told.by("ou_" + customer, "user").inChat("oc_" + customer).json(), first);
    }

    private final class Films implements Customers.Sent {
        @Override
        public long largest() {
            return LARGEST_FROM_CUSTOMERS;
        }

        @Override
        public boolean write(Serving hub, String customer, String id, LargeFile file) {
            platform.resource(
                    "film", new MockResponse.Builder().body(new Streamed(file)).build());
            var told = Told.of("om_" + id, "media", Map.of("file_key", "film", "file_name", file.name()));
            return tell(hub, customer, id, told);
        }
    }

    /** Read while it is sent. */
    private record Streamed(LargeFile file) implements MockResponseBody {
        @Override
        public long getContentLength() {
            return file.size();
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (var in = file.open()) {
                in.transferTo(sink.outputStream());
            }
        }
    }

    @Override
    public Applicable<FakePlatform> platform() {
        return Applicable.given(new Shown());
    }

    private final class Shown implements FakePlatform {
        @Override
        public List<String> shown(String thread) {
            return platform.shown(thread);
        }

        @Override
        public void loseNextAnswer() {
            platform.loseNextAnswer();
        }

        @Override
        public Applicable<Tokens> tokens() {
            return Applicable.given(new Tokens() {
                @Override
                public void revoke() {
                    platform.revoke();
                }

                @Override
                public int fetched() {
                    return platform.tokens();
                }
            });
        }

        @Override
        public Applicable<Limit> limit() {
            return Applicable.given(() -> platform.refuse("POST", "/open-apis/im/v1/messages", tooMany()));
        }

        private static MockResponse tooMany() {
            return new MockResponse.Builder()
                    .code(429)
                    .addHeader("x-ogw-ratelimit-reset", "1")
                    .body("{\"code\":99991400,\"msg\":\"request trigger frequency limit\"}")
                    .build();
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
                    return platform.brought();
                }
            });
        }
    }
}
