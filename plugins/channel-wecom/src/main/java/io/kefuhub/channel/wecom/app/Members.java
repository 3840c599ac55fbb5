package io.kefuhub.channel.wecom.app;

import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.channel.wecom.api.Api;
import io.kefuhub.channel.wecom.api.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What members are called, asked of the platform once a day for each, beside the message they wrote. An app that may not
 * see names is told none. Safe for threads.
 */
final class Members {
    private static final Duration GOOD_FOR = Duration.ofDays(1);
    private static final int REMEMBERED = 20_000;

    private final ChannelContext context;
    private final Api api;
    /** When each was asked about; guarded by itself. */
    private final Map<String, Instant> asked = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    Members(ChannelContext context, Api api) {
        this.context = context;
        this.api = api;
    }

    void learn(String member) {
        var now = context.clock().instant();
        synchronized (asked) {
            var before = asked.get(member);
            if (before != null && before.plus(GOOD_FOR).isAfter(now)) return;
            asked.put(member, now);
        }
        context.tasks().run("member", () -> {
            if (!(api.get("/cgi-bin/user/get", Map.of("userid", member)) instanceof Reply.Ok(var body))) return;
            var name = body.text("name", "");
            if (!name.isBlank()) context.contacts().label(new Contact(member, true, name, Map.of()));
        });
    }
}
