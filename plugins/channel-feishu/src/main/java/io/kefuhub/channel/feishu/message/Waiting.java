package io.kefuhub.channel.feishu.message;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.channel.feishu.api.StoredList;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Messages that are not whole yet: kept in the store before the platform is answered, made whole aside, in the order of
 * their conversation, and brought in then. What a restart or a swap interrupted is taken up again. Safe for threads.
 */
final class Waiting {
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final Duration[] PAUSES = {
        Duration.ofMillis(500),
        Duration.ofMillis(1_500),
        Duration.ofMillis(4_500),
        Duration.ofSeconds(15),
        Duration.ofSeconds(40),
        Duration.ofSeconds(60)
    };

    private final Store store;
    private final Tasks tasks;
    private final StoredList index;
    private final Work work;
    private final Map<String, Deque<String>> lanes = new HashMap<>();
    private final Set<String> here = new HashSet<>();

    /** Makes a message whole and brings it in. */
    interface Work {
        /**
         * @param lastTry whether what is missing now is to be left out
         * @return whether it is done with; else it is tried again
         */
        boolean bring(JsonObject event, boolean lastTry) throws InterruptedException;
    }

    Waiting(Store store, Tasks tasks, Work work) {
        this.store = store;
        this.tasks = tasks;
        this.index = new StoredList(store, "waiting");
        this.work = work;
    }

    /** Keeps a message; returns when it is durable. */
    void add(CustomerMessage message, JsonObject event) {
        var name = message.eventName();
        store.put(key(name), Json.write(event), KEPT);
        index.add(name);
        enqueue(message.chat(), name);
    }

    /** Whether a message of this chat is still being made whole, so that what follows waits behind it. */
    synchronized boolean isBusy(String chat) {
        return lanes.containsKey(chat);
    }

    /** Drops a message that its author has taken back, and the changes of it. */
    void drop(String id) {
        for (var name : index.all()) {
            if (!name.equals(id) && !name.startsWith(id + ":")) continue;
            store.remove(key(name));
            index.remove(name);
        }
    }

    /** Takes up what was interrupted, now and again. */
    void recover() {
        for (var name : index.all()) {
            if (isHere(name)) continue;
            var message = store.get(key(name)).flatMap(Json::object).flatMap(CustomerMessage::of);
            if (message.isEmpty()) index.remove(name);
            else enqueue(message.get().chat(), name);
        }
    }

    private synchronized boolean isHere(String name) {
        return here.contains(name);
    }

    private synchronized void enqueue(String chat, String name) {
        if (!here.add(name)) return;
        var lane = lanes.get(chat);
        if (lane != null) {
            lane.add(name);
            return;
        }
        var fresh = new ArrayDeque<String>();
        fresh.add(name);
        lanes.put(chat, fresh);
        tasks.run("feishu-waiting", () -> walk(chat));
    }

    private void walk(String chat) {
        try {
            for (var name = head(chat); !name.isEmpty(); name = after(chat, name)) one(name);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The rest is taken up again later.
            forget(chat);
            if (!(e instanceof UnavailableException)) throw e;
        }
    }

    private synchronized String head(String chat) {
        var lane = lanes.get(chat);
        return lane == null || lane.isEmpty() ? "" : lane.peek();
    }

    private synchronized String after(String chat, String done) {
        here.remove(done);
        var lane = lanes.get(chat);
        if (lane == null) return "";
        lane.poll();
        if (lane.isEmpty()) lanes.remove(chat);
        return lane.isEmpty() ? "" : lane.peek();
    }

    private synchronized void forget(String chat) {
        var lane = lanes.remove(chat);
        if (lane != null) here.removeAll(lane);
    }

    private void one(String name) throws InterruptedException {
        for (var tries = 0; ; tries++) {
            var event = store.get(key(name)).flatMap(Json::object);
            if (event.isEmpty()) break;
            if (work.bring(event.get(), tries >= PAUSES.length)) break;
            Thread.sleep(tries < PAUSES.length ? PAUSES[tries] : AGAIN);
        }
        index.remove(name);
        store.remove(key(name));
    }

    private static String key(String name) {
        return "event:" + name;
    }
}
