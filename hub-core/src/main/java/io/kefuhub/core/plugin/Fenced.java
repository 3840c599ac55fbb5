package io.kefuhub.core.plugin;

import io.kefuhub.api.Files;
import io.kefuhub.api.Store;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Contacts;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.channel.TimelineEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Rooms of the hub as one generation of an instance sees them: closed once it has ended. All are safe for threads. */
final class Fenced {
    private Fenced() {}

    record OfStore(Lent lent, Store store) implements Store {
        @Override
        public Optional<String> get(String key) {
            return lent.ask(() -> store.get(key));
        }

        @Override
        public void put(String key, String value, Duration expiry) {
            lent.ask(() -> {
                store.put(key, value, expiry);
                return true;
            });
        }

        @Override
        public boolean putIfAbsent(String key, String value, Duration expiry) {
            return lent.ask(() -> store.putIfAbsent(key, value, expiry));
        }

        @Override
        public boolean compareAndSet(String key, String expected, String value, Duration expiry) {
            return lent.ask(() -> store.compareAndSet(key, expected, value, expiry));
        }

        @Override
        public Optional<String> remove(String key) {
            return lent.ask(() -> store.remove(key));
        }
    }

    record OfFiles(Lent lent, Files files) implements Files {
        @Override
        public Kept keep(String name, InputStream content, long limit) {
            if (!lent.isOver()) return lent.ask(() -> files.keep(name, content, limit));
            try (content) {
                throw new UnavailableException(Lent.OVER);
            } catch (IOException e) {
                throw new UnavailableException(Lent.OVER, e);
            }
        }

        @Override
        public Optional<StoredFile> find(String id) {
            return lent.ask(() -> files.find(id));
        }

        @Override
        public Optional<InputStream> open(String id) {
            return lent.ask(() -> files.open(id));
        }
    }

    record OfContacts(Lent lent, Contacts contacts) implements Contacts {
        @Override
        public void label(Contact contact) {
            lent.ask(() -> {
                contacts.label(contact);
                return true;
            });
        }

        @Override
        public Merged merge(String anonymousThread, String customerThread, Contact customer) {
            return lent.ask(() -> contacts.merge(anonymousThread, customerThread, customer));
        }
    }

    record OfTimeline(Lent lent, Timeline timeline) implements Timeline {
        @Override
        public Optional<Thread> find(String thread) {
            return lent.ask(() -> timeline.find(thread));
        }

        @Override
        public List<TimelineEvent> after(String conversationId, long seq, int limit) {
            return lent.ask(() -> timeline.after(conversationId, seq, limit));
        }

        @Override
        public List<TimelineEvent> before(String conversationId, long seq, int limit) {
            return lent.ask(() -> timeline.before(conversationId, seq, limit));
        }

        /** A follower that nobody takes back would hold its plugin for ever. */
        @Override
        public Subscription follow(String conversationId, Follower follower) {
            var subscription = lent.ask(() -> timeline.follow(conversationId, follower));
            Runnable end = subscription::close;
            lent.atEnd(end);
            return new Followed(lent, subscription.lastSeq(), end);
        }
    }

    private record Followed(Lent lent, long lastSeq, Runnable end) implements Timeline.Subscription {
        @Override
        public void close() {
            lent.endedBefore(end);
            end.run();
        }
    }

    record OfModels(Lent lent, Models models) implements Models {
        /** What costs money is called off with the generation that asked. */
        @Override
        public ModelAnswer ask(String alias, String system, List<AiRequest.Turn> messages, AiSink sink, Cancel cancel) {
            if (lent.isOver()) return new ModelAnswer.Unavailable(Lent.OVER);
            try (var wanted = new Wanted(lent, cancel)) {
                return models.ask(alias, system, messages, sink, wanted);
            }
        }
    }

    /** Wanted until its asker calls it off or the generation ends. */
    private static final class Wanted implements Cancel, AutoCloseable {
        private final Lent lent;
        private final Cancel asked;
        private final ConcurrentLinkedQueue<Runnable> actions = new ConcurrentLinkedQueue<>();

        Wanted(Lent lent, Cancel asked) {
            this.lent = lent;
            this.asked = asked;
        }

        @Override
        public boolean isRequested() {
            return lent.isOver() || asked.isRequested();
        }

        @Override
        public void onRequest(Runnable action) {
            var done = new AtomicBoolean();
            Runnable once = () -> {
                if (done.compareAndSet(false, true)) action.run();
            };
            actions.add(once);
            lent.atEnd(once);
            asked.onRequest(once);
        }

        @Override
        public void close() {
            actions.forEach(lent::endedBefore);
        }
    }
}
