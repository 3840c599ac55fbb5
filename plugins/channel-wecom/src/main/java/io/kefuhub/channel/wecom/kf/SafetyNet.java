package io.kefuhub.channel.wecom.kf;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Inbox;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks now and then whether something waits of which no call came, such as while the hub was away: from where the last
 * batch ended, so that at most what is stored already comes again. Safe for threads.
 */
final class SafetyNet {
    private static final String KNOWN = "accounts";
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration FOR_LONG = Duration.ofDays(3_650);
    private static final int MOST_ACCOUNTS = 500;

    private final ChannelContext context;
    private final Fetching fetching;

    SafetyNet(ChannelContext context, Fetching fetching) {
        this.context = context;
        this.fetching = fetching;
    }

    /** The hub has stored everything before this place. */
    void pulled(String openKfId, String cursor) {
        if (cursor.isEmpty()) return;
        var key = "cursor:" + openKfId;
        if (!context.store().get(key).orElse("").equals(cursor)) context.store().put(key, cursor, FOR_LONG);
        var known = new LinkedHashSet<>(known());
        if (known.size() < MOST_ACCOUNTS && known.add(openKfId)) {
            context.store().put(KNOWN, Json.write(List.copyOf(known)), FOR_LONG);
        }
    }

    private Set<String> known() {
        var text = context.store().get(KNOWN).orElse("[]");
        return Json.value(text).orElse(List.of()) instanceof List<?> ids
                ? new LinkedHashSet<>(ids.stream().map(String::valueOf).toList())
                : Set.of();
    }

    void start() {
        context.tasks().run("look", this::look);
        context.tasks().every(EVERY, () -> context.tasks().run("look", this::look));
    }

    private void look() {
        try {
            for (var openKfId : known()) look(openKfId);
        } catch (UnavailableException _) {
            // The next look is not far.
        }
    }

    private void look(String openKfId) {
        var cursor = context.store().get("cursor:" + openKfId).orElse("");
        for (var more = !cursor.isEmpty(); more && !Thread.currentThread().isInterrupted(); ) {
            var batch = fetching.pull(openKfId, cursor);
            for (var message : batch.messages()) {
                if (!(context.inbox().accept(message) instanceof Inbox.Accepted.Stored)) return;
            }
            if (!batch.cursor().equals(cursor)) {
                cursor = batch.cursor();
                context.store().put("cursor:" + openKfId, cursor, FOR_LONG);
            }
            more = batch.more();
        }
    }
}
