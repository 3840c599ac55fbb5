package io.kefuhub.channel.feishu;

import io.kefuhub.api.kit.Applicable;
import io.kefuhub.api.kit.Customers;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.kit.Serving;
import io.kefuhub.api.kit.WebhookCalls;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** The webhook as its contract wants it. */
class FeishuWebhookContractTest extends FeishuContract {
    FeishuWebhookContractTest() throws IOException {
        super("webhook", Customers.Way.CALLED);
    }

    /** A call that is made again hours later is signed with the time of the first. */
    @Override
    boolean tell(Serving hub, String event, Instant first) {
        return hub.call(Sealed.call(event, first));
    }

    @Override
    public Applicable<WebhookCalls> webhook() {
        return Applicable.given(new WebhookCalls() {
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
            public Applicable<Duration> staleAfter() {
                return Applicable.given(Duration.ofHours(8));
            }

            @Override
            public Applicable<Requests> plaintext(Instant at) {
                return Applicable.given(Sealed.signed(Told.text("om_1", "你好").json(), at));
            }

            @Override
            public Applicable<Requests> forAnother(Instant at) {
                return Applicable.given(
                        Sealed.call(Told.text("om_1", "你好").forApp("cli_other").json(), at));
            }
        });
    }
}
