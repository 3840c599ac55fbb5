package io.kefuhub.channel.web;

import io.kefuhub.api.Tasks;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.channel.web.frame.ServerFrame;
import io.kefuhub.channel.web.frame.ServerFrame.AuthorView;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings one conversation's events to one client, each once and in order, from the client's own position. Safe for
 * threads.
 *
 * <p>A wake-up says only that there is more; what there is comes from the timeline. So a lost or doubled wake-up costs
 * delay at most, and so does a timeline that cannot be read: it is asked again. An idle feed holds no thread.
 */
final class Feed implements Timeline.Follower {
    private static final int BATCH = 100;
    private static final Duration AFTER_TROUBLE = Duration.ofMillis(500);

    private final Timeline timeline;
    private final Views views;
    private final Tasks tasks;
    private final Consumer<ServerFrame> out;
    private final String conversation;
    private final boolean drafts;

    private Timeline.@Nullable Subscription subscription;
    private long position = Long.MAX_VALUE;
    private long target;
    private boolean busy;
    private boolean ended;

    Feed(Chat chat, String conversation, boolean drafts, Consumer<ServerFrame> out) {
        this.timeline = chat.context().timeline();
        this.views = chat.views();
        this.tasks = chat.context().tasks();
        this.conversation = conversation;
        this.drafts = drafts;
        this.out = out;
    }

    String conversation() {
        return conversation;
    }

    /** Hears of what is new from now on, and sends nothing yet; returns the {@code seq} of the newest event so far. */
    long listen() {
        var subscribed = timeline.follow(conversation, this);
        synchronized (this) {
            subscription = subscribed;
        }
        return subscribed.lastSeq();
    }

    /** Sends what comes after a {@code seq}, from now on. */
    void startAfter(long seq, long lastSeq) {
        synchronized (this) {
            position = seq;
        }
        advanced(lastSeq);
    }

    /** The highest {@code seq} that was sent; 0 before any was. */
    synchronized long sentUpTo() {
        return position == Long.MAX_VALUE ? 0 : position;
    }

    void end() {
        Timeline.Subscription subscribed;
        synchronized (this) {
            ended = true;
            subscribed = subscription;
        }
        if (subscribed != null) subscribed.close();
    }

    @Override
    public void advanced(long lastSeq) {
        synchronized (this) {
            target = Math.max(target, lastSeq);
            if (busy || ended || position >= target) return;
            busy = true;
        }
        tasks.run("web chat feed", this::drain);
    }

    /** Runs once at a time. */
    private void drain() {
        var finished = false;
        try {
            while (!finished) finished = !sendBatch();
        } finally {
            if (!finished) {
                synchronized (this) {
                    busy = false;
                }
                tasks.after(AFTER_TROUBLE, () -> advanced(0));
            }
        }
    }

    /** Says whether to go on. */
    private boolean sendBatch() {
        long from;
        synchronized (this) {
            if (ended || position >= target) {
                busy = false;
                return false;
            }
            from = position;
        }
        var events = timeline.after(conversation, from, BATCH);
        for (var event : events) {
            var frame = views.event(event);
            // Under the lock, which is quick because sending never waits: once this feed has ended, all up to its
            // position
            // is sent and nothing more.
            synchronized (this) {
                if (ended || event.seq() != position + 1) break;
                position = event.seq();
                out.accept(frame);
            }
        }
        synchronized (this) {
            // Announced and not to be read yet: the next wake-up brings it.
            if (position == from) target = position;
        }
        return true;
    }

    @Override
    public void typing(String agentName, boolean on) {
        if (isOn()) out.accept(new ServerFrame.Typing(on, new AuthorView("agent", agentName)));
    }

    @Override
    public void draft(String answerId, String text) {
        if (drafts && isOn()) out.accept(new ServerFrame.Draft(answerId, text));
    }

    /** Whoever knows only of typing sees that. */
    @Override
    public void working(Timeline.Work work) {
        if (!isOn()) return;
        out.accept(new ServerFrame.Typing(work.on(), new AuthorView("bot", "")));
        if (work.on() && work.words().isEmpty()) return;
        var options = work.offers().stream()
                .map(offer -> new ServerFrame.PartView.Option(offer.id(), offer.text()))
                .toList();
        out.accept(new ServerFrame.Working(work.answerId(), work.on(), work.words(), options));
    }

    private synchronized boolean isOn() {
        return !ended && position != Long.MAX_VALUE;
    }
}
