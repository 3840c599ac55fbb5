package io.kefuhub.channel.feishu;

import io.kefuhub.api.kit.Applicable;
import io.kefuhub.api.kit.Customers;
import io.kefuhub.api.kit.Serving;
import io.kefuhub.api.kit.WebhookCalls;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;

/** The long connection as its contract wants it. */
class FeishuLongConnectionContractTest extends FeishuContract {
    private final PlayedConnection peer = new PlayedConnection();

    FeishuLongConnectionContractTest() throws IOException {
        super("long-connection", Customers.Way.CONNECTED);
    }

    @BeforeEach
    void listen() {
        platform.socket(peer);
    }

    @Override
    boolean tell(Serving hub, String event, Instant first) {
        try {
            return peer.tell(event).equals("{\"code\":200}");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Applicable<WebhookCalls> webhook() {
        return Applicable.notBecause("nobody calls it: it connects to the platform itself, at an address it asked for");
    }
}
