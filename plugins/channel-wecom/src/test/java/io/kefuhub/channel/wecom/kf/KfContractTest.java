package io.kefuhub.channel.wecom.kf;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.kit.Customers;
import io.kefuhub.channel.wecom.CorpContract;
import java.time.Instant;
import java.util.Map;

/** The contract of customer service: a call says only that something waits. */
class KfContractTest extends CorpContract {
    private static final int PAGE = 10;

    KfContractTest() {
        super(Customers.Way.PULLED, "/cgi-bin/kf/send_msg");
        wecom().page(PAGE);
    }

    @Override
    public ChannelFactory factory() {
        return new KfFactory();
    }

    @Override
    protected Map<String, String> more() {
        return Map.of("open-kfids", "wk1", "ask-satisfaction", "true");
    }

    @Override
    protected String told(String customer, String id, String text, Instant at) {
        return waiting(KfItems.by(customer, KfItems.text(id, text, at)));
    }

    @Override
    protected String toldStrangely(String id, Instant at) {
        return waiting(KfItems.item(id, "hologram", Map.of("depth", 3), at));
    }

    @Override
    protected String toldWithFilm(String customer, String id, String mediaId, Instant at) {
        return waiting(KfItems.by(customer, KfItems.item(id, "video", Map.of("media_id", mediaId), at)));
    }

    private String waiting(Map<String, Object> item) {
        wecom().item("wk1", item);
        return KfItems.NUDGE;
    }
}
