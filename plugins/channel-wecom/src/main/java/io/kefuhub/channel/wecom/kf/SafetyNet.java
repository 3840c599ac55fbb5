package io.kefuhub.channel.wecom.kf;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ChannelContext;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has the hub look now and then whether something waits of which no call came, such as while the hub was away. It looks from
 * where it stands itself, so that nothing comes out of its order. Safe for threads.
 */
final class SafetyNet {
    private static final String KNOWN = "accounts";
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration FOR_LONG = Duration.ofDays(3_650);
    private static final int MOST_ACCOUNTS = 500;

    private final ChannelContext context;
    private final Set<String> noted = ConcurrentHashMap.newKeySet();

    SafetyNet(ChannelContext context) {
        this.context = context;
    }

    /** The account is one of those to look after. */
    void note(String openKfId) {
        if (noted.contains(openKfId)) return;
        var known = new LinkedHashSet<>(known());
        if (known.size() < MOST_ACCOUNTS && known.add(openKfId)) {
            context.store().put(KNOWN, Json.write(List.copyOf(known)), FOR_LONG);
        }
        noted.add(openKfId);
    }

    private Set<String> known() {
        var text = context.store().get(KNOWN).orElse("[]");
        return Json.value(text).orElse(List.of()) instanceof List<?> ids
                ? new LinkedHashSet<>(ids.stream().map(String::valueOf).toList())
                : Set.of();
    }

    void start() {
        look();
        context.tasks().every(EVERY, () -> context.tasks().run("look", this::look));
    }

    private void look() {
        try {
            for (var openKfId : known()) context.inbox().nudged(openKfId);
        } catch (UnavailableException _) {
            // The next look is not far.
        }
    }
}
