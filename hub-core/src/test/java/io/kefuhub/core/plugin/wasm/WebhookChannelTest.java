package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.Settings;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.channel.Availability;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contacts;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.kit.ChannelContract;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakePlatform;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.kit.WebhookCalls;
import io.kefuhub.core.web.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class WebhookChannelTest implements ChannelContract {
    private static final LiveModule MODULE = Examples.live("channel-webhook");
    private static final String SECRET = "shared-secret-2026";

    private final FakeChannelContext context = new FakeChannelContext("hook-1");
    private final OtherSide otherSide = new OtherSide();

    @Override
    public ChannelFactory factory() {
        return new WasmChannelFactory(MODULE, new WasmFilters());
    }

    @Override
    public Map<String, String> values() {
        return Map.of("secret", SECRET, "address", "https://crm.test/replies");
    }

    @Override
    public Channel create(Settings settings) {
        return factory().create(settings, new Context(context, otherSide));
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
                return signed("{\"id\":\"m1\",\"customer\":\"anna\",\"name\":\"Anna\",\"text\":\"你好 \\\"hi\\\"\"}", at);
            }

            @Override
            public Requests unknownType(Instant at) {
                return signed("{\"id\":\"m2\",\"customer\":\"anna\",\"type\":\"hologram\"}", at);
            }

            @Override
            public Set<String> proof() {
                return Set.of("x-signature", "x-time");
            }

            @Override
            public Optional<Duration> staleAfter() {
                return Optional.of(Duration.ofMinutes(5));
            }

            @Override
            public Optional<Requests> plaintext(Instant at) {
                return Optional.empty();
            }
        });
    }

    private static Requests signed(String body, Instant at) {
        var time = String.valueOf(at.getEpochSecond());
        return Requests.post("/webhooks/hook-1", body)
                .withHeader("x-time", time)
                .withHeader("x-signature", "sha256=" + sign(time + "." + body));
    }

    private static String sign(String signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<FakePlatform> platform() {
        return Optional.of(otherSide);
    }

    /** Takes replies, shows each id once, and may lose an answer of its own. */
    private static final class OtherSide implements Http, FakePlatform {
        private final Map<String, String> shown = new LinkedHashMap<>();
        private boolean losesNext;

        @Override
        public List<String> shown(String thread) {
            return new ArrayList<>(shown.values());
        }

        @Override
        public void loseNextAnswer() {
            losesNext = true;
        }

        @Override
        public Call call(Request request) {
            return new Call() {
                @Override
                public Outcome send() {
                    var reply = Json.tree(((Body.Text) request.body()).value());
                    shown.putIfAbsent(
                            reply.get("id").asText(), reply.get("text").asText());
                    if (losesNext) {
                        losesNext = false;
                        return new Outcome.Failed(true, "the answer was lost");
                    }
                    return new Outcome.Answered(200, Map.of(), "{\"id\":\"r1\"}");
                }

                @Override
                public Outcome lines(Consumer<String> line) {
                    return send();
                }

                @Override
                public Outcome toFile(Path file, long limit) {
                    return send();
                }

                @Override
                public void cancel() {}
            };
        }

        @Override
        public Socket connect(URI address, Map<String, String> headers, SocketListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    /** What the channel is lent, with the other side behind it. */
    private record Context(FakeChannelContext fake, Http http) implements ChannelContext {
        @Override
        public Inbox inbox() {
            return fake.inbox();
        }

        @Override
        public Timeline timeline() {
            return fake.timeline();
        }

        @Override
        public Contacts contacts() {
            return fake.contacts();
        }

        @Override
        public Availability availability() {
            return fake.availability();
        }

        @Override
        public String instance() {
            return fake.instance();
        }

        @Override
        public Files files() {
            return fake.files();
        }

        @Override
        public Store store() {
            return fake.store();
        }

        @Override
        public Tasks tasks() {
            return fake.tasks();
        }

        @Override
        public InstantSource clock() {
            return fake.clock();
        }
    }
}
