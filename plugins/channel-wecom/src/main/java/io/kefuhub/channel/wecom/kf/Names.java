package io.kefuhub.channel.wecom.kf;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.channel.wecom.api.Api;
import io.kefuhub.channel.wecom.api.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What customers call themselves, asked of the platform once a day for each, beside what they wrote. Safe for threads.
 */
final class Names {
    private static final int AT_ONCE = 100;
    private static final int REMEMBERED = 20_000;
    private static final Duration GOOD_FOR = Duration.ofDays(1);

    private final Api api;
    private final ChannelContext context;
    private final InstantSource clock;
    /** Guarded by itself; the longest known go first. */
    private final Map<String, Known> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Known(String name, Instant at) {}

    Names(Api api, ChannelContext context) {
        this.api = api;
        this.context = context;
        this.clock = context.clock();
    }

    /** Asks for the names that are not known; what the platform does not tell stays empty. */
    void learn(Collection<String> customers) {
        var asked = List.copyOf(new LinkedHashSet<>(customers)).stream()
                .filter(this::isStale)
                .limit(AT_ONCE)
                .toList();
        if (asked.isEmpty()) return;
        synchronized (known) {
            for (var customer : asked) known.put(customer, new Known(of(customer), clock.instant()));
        }
        context.tasks().run("names", () -> ask(asked));
    }

    private void ask(List<String> customers) {
        var reply = api.post("/cgi-bin/kf/customer/batchget", Map.of("external_userid_list", customers));
        if (!(reply instanceof Reply.Ok(var body))) return;
        for (var customer : customers) {
            var name = name(body.objects("customer_list"), customer);
            if (name.isBlank()) continue;
            synchronized (known) {
                known.put(customer, new Known(name, clock.instant()));
            }
            context.contacts().label(new Contact(customer, true, name, Map.of()));
        }
    }

    private static String name(List<JsonObject> told, String customer) {
        return told.stream()
                .filter(one -> one.text("external_userid", "").equals(customer))
                .findFirst()
                .map(one -> one.text("nickname", ""))
                .orElse("");
    }

    private boolean isStale(String customer) {
        synchronized (known) {
            var one = known.get(customer);
            return one == null || one.at.plus(GOOD_FOR).isBefore(clock.instant());
        }
    }

    String of(String customer) {
        synchronized (known) {
            var one = known.get(customer);
            return one == null ? "" : one.name;
        }
    }
}
