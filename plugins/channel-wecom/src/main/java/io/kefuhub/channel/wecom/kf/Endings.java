package io.kefuhub.channel.wecom.kf;

import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.channel.wecom.api.Api;
import io.kefuhub.channel.wecom.api.Reply;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks after conversations in which the hub spoke: hands a customer who waits for a person to the servicer in WeCom, and
 * asks how it was when the conversation is closed, each where the admin wants it. Safe for threads.
 */
final class Endings implements AutoCloseable {
    private static final int FOLLOWED = 2_000;

    private final KfSettings settings;
    private final ChannelContext context;
    private final Api api;
    private final Sessions sessions;
    private final SendWindow window;
    /** Guarded by itself; the longest followed go first. */
    private final SequencedMap<String, Following> followed = new LinkedHashMap<>();

    Endings(KfSettings settings, ChannelContext context, Api api, Sessions sessions, SendWindow window) {
        this.settings = settings;
        this.context = context;
        this.api = api;
        this.sessions = sessions;
        this.window = window;
    }

    private boolean isWanted() {
        return !settings.servicer().isEmpty() || settings.satisfaction().isPresent();
    }

    /** The hub spoke in this conversation. */
    void spoke(String thread) {
        if (!isWanted()) return;
        synchronized (followed) {
            if (followed.containsKey(thread)) return;
        }
        var found = context.timeline().find(thread);
        if (found.isEmpty()) return;
        var following = new Following(thread);
        following.subscription = context.timeline().follow(found.get().conversationId(), following);
        keep(thread, following);
        following.look();
    }

    private void keep(String thread, Following following) {
        Following gone = null;
        synchronized (followed) {
            var before = followed.put(thread, following);
            if (before != null) gone = before;
            else if (followed.size() > FOLLOWED)
                gone = followed.pollFirstEntry().getValue();
        }
        if (gone != null) gone.end();
    }

    private void state(Following following, Timeline.State state) {
        var thread = KfThread.parse(following.thread);
        switch (state) {
            case WAITING_FOR_AGENT -> {
                if (!settings.servicer().isEmpty() && !following.handedOver) {
                    following.handedOver = sessions.handOver(thread, settings.servicer());
                }
            }
            case CLOSED -> {
                forget(following);
                settings.satisfaction().ifPresent(question -> ask(thread, question));
            }
            case BOT, WITH_AGENT -> following.handedOver = false;
        }
    }

    private void ask(KfThread thread, String question) {
        if (window.refusal(thread, 1).isPresent()) return;
        var body = new HashMap<>(Menus.satisfaction(question));
        body.put("touser", thread.customer());
        body.put("open_kfid", thread.openKfId());
        if (api.post(KfSender.SEND, body) instanceof Reply.Ok) window.sent(thread);
    }

    private void forget(Following following) {
        synchronized (followed) {
            followed.remove(following.thread, following);
        }
        following.end();
    }

    @Override
    public void close() {
        synchronized (followed) {
            followed.values().forEach(Following::end);
            followed.clear();
        }
    }

    /** One conversation. What it is told comes from threads that must not wait, so it looks on one of its own. */
    private final class Following implements Timeline.Follower {
        private final String thread;
        private volatile Timeline.@Nullable Subscription subscription;
        private volatile boolean handedOver;

        Following(String thread) {
            this.thread = thread;
        }

        @Override
        public void advanced(long lastSeq) {
            context.tasks().run("look-after", this::look);
        }

        private synchronized void look() {
            try {
                context.timeline().find(thread).ifPresent(found -> state(this, found.state()));
            } catch (UnavailableException _) {
                // The next event brings another look.
            }
        }

        @Override
        public void typing(String agentName, boolean on) {}

        @Override
        public void draft(String answerId, String text) {}

        private void end() {
            var open = subscription;
            if (open != null) open.close();
        }
    }
}
