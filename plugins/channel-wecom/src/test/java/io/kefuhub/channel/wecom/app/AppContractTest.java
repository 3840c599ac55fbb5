package io.kefuhub.channel.wecom.app;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.kit.Customers;
import io.kefuhub.channel.wecom.CorpContract;
import java.time.Instant;
import java.util.Map;

/** The contract of an app. */
class AppContractTest extends CorpContract {
    AppContractTest() {
        super(Customers.Way.CALLED, "/cgi-bin/message/send");
    }

    @Override
    public ChannelFactory factory() {
        return new AppFactory();
    }

    @Override
    protected Map<String, String> more() {
        return Map.of("agent-id", "1000002");
    }

    @Override
    protected String told(String customer, String id, String text, Instant at) {
        return AppMessages.by(customer, AppMessages.text(id, text, at));
    }

    @Override
    protected String toldStrangely(String id, Instant at) {
        return AppMessages.message(id, "hologram", "<Depth>3</Depth>", at);
    }

    @Override
    protected String toldWithFilm(String customer, String id, String mediaId, Instant at) {
        var film = "<MediaId><![CDATA[" + mediaId + "]]></MediaId>";
        return AppMessages.by(customer, AppMessages.message(id, "video", film, at));
    }
}
