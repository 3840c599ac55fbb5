package io.kefuhub.channel.web;

import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.channel.web.identity.Secrets;
import io.kefuhub.channel.web.identity.SignedLinks;
import io.kefuhub.channel.web.identity.Tickets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What all calls and connections of one instance share. Safe for threads. */
final class Chat {
    private static final String FILE_SECRET = "file-secret";
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final WebSettings settings;
    private final ChannelContext context;
    private final Secrets secrets = new Secrets();
    private final Sessions sessions;
    private final Tickets<Session> tickets;
    private final Views views;
    private final Clients clients;
    private final Allowance newSessions;
    private final Allowance messages;
    private final Allowance uploads;
    private volatile @Nullable SignedLinks links;

    Chat(WebSettings settings, ChannelContext context) {
        this.settings = settings;
        this.context = context;
        var clock = context.clock();
        var limits = settings.limits();
        sessions = new Sessions(context.store(), clock, secrets);
        tickets = new Tickets<>(secrets, clock);
        views = new Views(context.instance(), this::links, clock);
        clients = new Clients(limits);
        newSessions = new Allowance(clock, new Allowance.Limit(limits.sessionsPerHour(), Duration.ofHours(1)));
        messages = new Allowance(
                clock,
                new Allowance.Limit(limits.messagesPer10Seconds(), Duration.ofSeconds(10)),
                new Allowance.Limit(limits.messagesPer10Minutes(), Duration.ofMinutes(10)));
        uploads = new Allowance(clock, new Allowance.Limit(limits.uploadsPerHour(), Duration.ofHours(1)));
    }

    WebSettings settings() {
        return settings;
    }

    Limits limits() {
        return settings.limits();
    }

    ChannelContext context() {
        return context;
    }

    Sessions sessions() {
        return sessions;
    }

    Tickets<Session> tickets() {
        return tickets;
    }

    Views views() {
        return views;
    }

    Clients clients() {
        return clients;
    }

    Allowance newSessions() {
        return newSessions;
    }

    Allowance messages() {
        return messages;
    }

    Allowance uploads() {
        return uploads;
    }

    void prune() {
        newSessions.prune();
        messages.prune();
        uploads.prune();
    }

    /** Signs with the admin's secret, else with one made at first need and kept in the store. */
    SignedLinks links() {
        var made = links;
        if (made == null) {
            made = new SignedLinks(settings.fileSecret().orElseGet(this::ownSecret));
            links = made;
        }
        return made;
    }

    private String ownSecret() {
        context.store().putIfAbsent(FILE_SECRET, secrets.signingSecret(), FOR_EVER);
        return context.store().get(FILE_SECRET).orElseThrow();
    }
}
