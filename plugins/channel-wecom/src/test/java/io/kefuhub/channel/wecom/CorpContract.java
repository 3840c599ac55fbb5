package io.kefuhub.channel.wecom;

import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.kit.Applicable;
import io.kefuhub.api.kit.ChannelContract;
import io.kefuhub.api.kit.Customers;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakePlatform;
import io.kefuhub.api.kit.LargeFile;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.kit.Serving;
import io.kefuhub.api.kit.WebhookCalls;
import io.kefuhub.channel.wecom.PlayedWecom.Reaction;
import io.kefuhub.channel.wecom.crypto.Callbacks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract of the accounts that a corp has: they are called and call alike, and differ in what is said. */
public abstract class CorpContract implements ChannelContract {
    private static final String ANOTHER_CORP = "ww1a2b3c4d5e6f7082";
    private static final long LARGEST_FROM_CUSTOMERS = 100L << 20;
    private static final long LARGEST_TO_CUSTOMERS = 20L << 20;

    private final Rig rig = new Rig();
    private final Customers.Way way;
    private final String send;

    /** @param send the path that messages are sent to */
    protected CorpContract(Customers.Way way, String send) {
        this.way = way;
        this.send = send;
    }

    protected final PlayedWecom wecom() {
        return rig.wecom;
    }

    /** The settings that only this kind of account has. */
    protected abstract Map<String, String> more();

    /** A customer writes; returns what the platform calls with. */
    protected abstract String told(String customer, String id, String text, Instant at);

    /** The same of a type that nobody has heard of. */
    protected abstract String toldStrangely(String id, Instant at);

    /** The same of a film, which the platform keeps under that name. */
    protected abstract String toldWithFilm(String customer, String id, String mediaId, Instant at);

    @AfterEach
    void close() {
        rig.close();
    }

    @Override
    public FakeChannelContext context() {
        return rig.hub;
    }

    @Override
    public Map<String, String> values() {
        var values = new HashMap<>(Sealing.values(rig.wecom.address()));
        values.putAll(more());
        return values;
    }

    @Override
    public Channel create(Settings settings) {
        return factory().create(settings, rig.context);
    }

    @Override
    public Applicable<WebhookCalls> webhook() {
        return Applicable.given(new WebhookCalls() {
            @Override
            public Requests genuine(Instant at) {
                return Sealing.call(told("anna", "1", "你好", at), at);
            }

            @Override
            public Requests unknownType(Instant at) {
                return Sealing.call(toldStrangely("2", at), at);
            }

            @Override
            public Set<String> proof() {
                return Set.of("msg_signature", "timestamp", "nonce");
            }

            @Override
            public Applicable<Duration> staleAfter() {
                return Applicable.given(Callbacks.FRESH);
            }

            @Override
            public Applicable<Requests> plaintext(Instant at) {
                return Applicable.given(Sealing.plaintext(told("anna", "1", "你好", at), at));
            }

            @Override
            public Applicable<Requests> forAnother(Instant at) {
                return Applicable.given(Sealing.forCorp(ANOTHER_CORP, told("anna", "1", "你好", at), at));
            }
        });
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
                return hub.call(Sealing.call(told(customer, id, text, rig.now()), rig.now()));
            }

            @Override
            public Applicable<Sent> files() {
                return Applicable.given(new Films());
            }
        };
    }

    private final class Films implements Customers.Sent {
        @Override
        public long largest() {
            return LARGEST_FROM_CUSTOMERS;
        }

        @Override
        public boolean write(Serving hub, String customer, String id, LargeFile file) {
            var disposition = "attachment; filename=\"" + file.name() + "\"";
            rig.wecom.file("film", new PlayedWecom.Media(disposition, file.mime(), file::open));
            return hub.call(Sealing.call(toldWithFilm(customer, id, "film", rig.now()), rig.now()));
        }
    }

    @Override
    public Applicable<FakePlatform> platform() {
        return Applicable.given(new Shown());
    }

    private final class Shown implements FakePlatform {
        @Override
        public List<String> shown(String thread) {
            return rig.wecom.shown(thread);
        }

        @Override
        public void loseNextAnswer() {
            rig.wecom.next(send, Reaction.CUT_OFF);
        }

        @Override
        public Applicable<Tokens> tokens() {
            return Applicable.given(new Tokens() {
                @Override
                public void revoke() {
                    rig.wecom.revokeTokens();
                }

                @Override
                public int fetched() {
                    return rig.wecom.seen("/cgi-bin/gettoken").size();
                }
            });
        }

        @Override
        public Applicable<Limit> limit() {
            return Applicable.given(() -> rig.wecom.next(send, Reaction.OVER_LIMIT));
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
                    return rig.wecom.brought();
                }
            });
        }
    }
}
