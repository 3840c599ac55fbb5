package io.kefuhub.channel.wecom.app;

import java.time.Instant;

/** What members of the corp send, as the platform writes it; the member is {@code zhangsan}. */
final class AppMessages {
    private AppMessages() {}

    static String text(String id, String text, Instant at) {
        return message(id, "text", "<Content><![CDATA[" + text + "]]></Content>", at);
    }

    /** The same from another member. */
    static String by(String member, String message) {
        return message.replace("zhangsan", member);
    }

    static String message(String id, String type, String more, Instant at) {
        return xml(type, "<MsgId>" + id + "</MsgId>" + more, at);
    }

    static String event(String event, String more, Instant at) {
        return xml("event", "<Event><![CDATA[" + event + "]]></Event>" + more, at);
    }

    private static String xml(String type, String more, Instant at) {
        return "<xml><ToUserName><![CDATA[ww1a2b3c4d5e6f7081]]></ToUserName><FromUserName><![CDATA[zhangsan]]></FromUserName>"
                + "<CreateTime>" + at.getEpochSecond() + "</CreateTime><MsgType><![CDATA[" + type + "]]></MsgType>"
                + more
                + "<AgentID>1000002</AgentID></xml>";
    }
}
