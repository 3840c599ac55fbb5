package io.kefuhub.core.plugin;

import io.kefuhub.api.Files;
import io.kefuhub.api.Store;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.channel.Contacts;
import io.kefuhub.api.channel.Timeline;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What one generation of an instance is lent, and how long: until its {@code close} has returned or was given up. So
 * calls inside can end what they began, and {@code close} can say goodbye to a platform. From then on its threads, timers,
 * HTTP calls and sockets are ended, and whatever it asks of the hub is refused. Safe for threads.
 */
public final class Lent implements AutoCloseable {
    static final String OVER = "this version of it has ended";

    private final InstanceTasks tasks;
    private final Set<Runnable> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /** @param loader of the plugin whose instance it is */
    public Lent(String instance, ClassLoader loader) {
        tasks = new InstanceTasks(instance, loader);
    }

    public InstanceTasks tasks() {
        return tasks;
    }

    public boolean isOver() {
        return over;
    }

    /** Has something ended together with the generation; at once when that has ended. */
    public void atEnd(Runnable end) {
        ends.add(end);
        if (over && ends.remove(end)) end.run();
    }

    /** What was to end with the generation has ended before. */
    void endedBefore(Runnable end) {
        ends.remove(end);
    }

    public Store around(Store store) {
        return new Fenced.OfStore(this, store);
    }

    public Files around(Files files) {
        return new Fenced.OfFiles(this, files);
    }

    public Contacts around(Contacts contacts) {
        return new Fenced.OfContacts(this, contacts);
    }

    public Timeline around(Timeline timeline) {
        return new Fenced.OfTimeline(this, timeline);
    }

    public Models around(Models models) {
        return new Fenced.OfModels(this, models);
    }

    /** Lets a call of the instance into a room of the hub, which may make threads there: not with the plugin's loader. */
    <T> T ask(Supplier<T> question) {
        if (over) throw new UnavailableException(OVER);
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        thread.setContextClassLoader(Lent.class.getClassLoader());
        try {
            return question.get();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    @Override
    public void close() {
        over = true;
        tasks.close();
        for (var end : ends) if (ends.remove(end)) end.run();
    }
}
