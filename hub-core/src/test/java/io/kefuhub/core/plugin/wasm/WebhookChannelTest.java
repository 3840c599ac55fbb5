package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Http;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.kit.Applicable;
import io.kefuhub.api.kit.ChannelContract;
import io.kefuhub.api.kit.Customers;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakePlatform;
import io.kefuhub.api.kit.ReachingContext;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.kit.Serving;
import io.kefuhub.api.kit.WebhookCalls;
import io.kefuhub.core.web.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        return factory().create(settings, new ReachingContext(context, otherSide));
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
            public Applicable<Duration> staleAfter() {
                return Applicable.given(Duration.ofMinutes(5));
            }

            @Override
            public Applicable<Requests> plaintext(Instant at) {
                return Applicable.notBecause("the other side signs and does not encrypt");
            }

            @Override
            public Applicable<Requests> forAnother(Instant at) {
                return Applicable.notBecause("its calls name no receiver; each has a secret of its own");
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
    public Customers customers() {
        return new Customers() {
            @Override
            public Way way() {
                return Way.CALLED;
            }

            @Override
            public boolean write(Serving hub, String customer, String id, String text) {
                var body = "{\"id\":\"" + id + "\",\"customer\":\"" + customer + "\",\"text\":\"" + text + "\"}";
                return hub.call(signed(body, context.clock().instant()));
            }

            @Override
            public Applicable<Sent> files() {
                return Applicable.notBecause("the other side sends words only");
            }
        };
    }

    @Override
    public Applicable<FakePlatform> platform() {
        return Applicable.given(otherSide);
    }

    /** Takes replies, shows each id once, and may lose an answer of its own. */
    private static final class OtherSide implements Http, FakePlatform {
        private final Map<String, String> shown = new LinkedHashMap<>();
        private boolean losesNext;
        private boolean refusesNext;

        @Override
        public List<String> shown(String thread) {
            return new ArrayList<>(shown.values());
        }

        @Override
        public Applicable<Tokens> tokens() {
            return Applicable.notBecause("it signs with the secret that it was given, and fetches nothing");
        }

        @Override
        public Applicable<Limit> limit() {
            return Applicable.given(() -> refusesNext = true);
        }

        @Override
        public Applicable<FakePlatform.Files> files() {
            return Applicable.notBecause("the other side is sent words only");
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
                    if (refusesNext) {
                        refusesNext = false;
                        return new Outcome.Answered(429, Map.of(), "");
                    }
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
}
