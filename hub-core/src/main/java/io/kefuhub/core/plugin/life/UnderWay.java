package io.kefuhub.core.plugin.life;

import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.database.Ids;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The activations that have not ended, and who is told of them and of every change. Safe for threads. */
final class UnderWay implements AutoCloseable {
    private final Ids ids;
    private final InstantSource clock;
    private final Topic<PluginNews> news = new Topic<>("plugins");
    private final Map<UUID, Activation> activations = new ConcurrentHashMap<>();

    UnderWay(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    Activation begin(String fileName, String actor) {
        var begun = Activation.begin(ids.next(), fileName, actor, clock.instant());
        activations.put(begun.id(), begun);
        return begun;
    }

    /** Makes the record of something that took no time. */
    Activation at(KeptVersion kept, String actor) {
        return Activation.begin(ids.next(), kept.fileName(), actor, clock.instant())
                .of(kept.plugin(), kept.version(), kept.sha256());
    }

    void progress(Activation now) {
        activations.computeIfPresent(now.id(), (_, _) -> now);
        news.publish(new PluginNews(Optional.of(now)));
    }

    void ended(Activation done) {
        activations.remove(done.id());
        tell();
    }

    /** Something is not as it was. */
    void tell() {
        news.publish(new PluginNews(Optional.empty()));
    }

    List<Activation> all() {
        return List.copyOf(activations.values());
    }

    Topic<PluginNews> news() {
        return news;
    }

    @Override
    public void close() {
        news.close();
    }
}
