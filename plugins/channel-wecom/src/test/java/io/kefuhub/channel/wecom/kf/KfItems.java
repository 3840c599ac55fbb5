package io.kefuhub.channel.wecom.kf;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Items as the platform lists them, of the account {@code wk1} and the customer {@code wm1}. */
final class KfItems {
    static final String NUDGE = "<xml><ToUserName><![CDATA[ww1a2b3c4d5e6f7081]]></ToUserName>"
            + "<CreateTime>1767225613</CreateTime><MsgType><![CDATA[event]]></MsgType>"
            + "<Event><![CDATA[kf_msg_or_event]]></Event><Token><![CDATA[ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFm]]></Token>"
            + "<OpenKfId><![CDATA[wk1]]></OpenKfId></xml>";

    private KfItems() {}

    static Map<String, Object> text(String id, String text, Instant at) {
        return item(id, "text", Map.of("content", text), at);
    }

    static Map<String, Object> item(String id, String type, Map<String, Object> content, Instant at) {
        var item = new HashMap<String, Object>();
        item.put("msgid", id);
        item.put("open_kfid", "wk1");
        item.put("external_userid", "wm1");
        item.put("send_time", at.getEpochSecond());
        item.put("origin", 3);
        item.put("msgtype", type);
        item.put(type, content);
        return item;
    }

    /** The same from another customer. */
    static Map<String, Object> by(String customer, Map<String, Object> item) {
        var theirs = new HashMap<>(item);
        theirs.put("external_userid", customer);
        return theirs;
    }

    /** What a colleague writes in the WeCom client. */
    static Map<String, Object> byServicer(String id, String servicer, String text, Instant at) {
        var item = new HashMap<>(text(id, text, at));
        item.put("origin", 5);
        item.put("servicer_userid", servicer);
        return item;
    }

    /** Events have the account and the customer inside. */
    static Map<String, Object> event(String id, String type, Map<String, Object> more, Instant at) {
        var event = new HashMap<String, Object>(more);
        event.put("event_type", type);
        event.put("open_kfid", "wk1");
        event.put("external_userid", "wm1");
        return Map.of("msgid", id, "send_time", at.getEpochSecond(), "origin", 4, "msgtype", "event", "event", event);
    }
}
