package io.kefuhub.bench.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Somebody at the console: keeps the inbox as the live stream tells it, takes whatever waits, and opens a tab for each
 * conversation that was ever his.
 */
final class Agent implements Runnable, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final String name;
    private final String password;
    private final Console console;
    private final Steps steps;
    private final Trouble trouble;
    private final Random random;
    private final Backoff backoff;
    private final Map<String, Summary> inbox = new ConcurrentHashMap<>();
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final Set<String> taking = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile String me = "";
    /** Where the stream was last; empty before the inbox was fetched. */
    private String last = "";

    private boolean fetched;
    private volatile boolean leaving;
    private volatile @Nullable News open;

    /** A conversation as the inbox shows it. */
    record Summary(long feed, long seq, String mode) {
        static Summary of(JsonNode summary) {
            return new Summary(
                    summary.path("feed").asLong(),
                    summary.path("seq").asLong(),
                    summary.path("mode").asText());
        }
    }

    Agent(URI hub, String name, String password, Steps steps, Trouble trouble, Random random) {
        this.name = name;
        this.password = password;
        this.steps = steps;
        this.trouble = trouble;
        this.random = random;
        this.backoff = new Backoff(random);
        console = new Console(hub, () -> leaving, random);
    }

    @Override
    public void run() {
        try {
            while (!leaving) {
                try {
                    if (me.isEmpty()) me = console.signIn(name, password);
                    follow();
                } catch (IOException e) {
                    if (!leaving) backoff.pause();
                }
            }
        } catch (RuntimeException e) {
            trouble.add(name + ": " + (e instanceof Broken ? e.getMessage() : e.toString()));
        }
    }

    private void follow() throws IOException {
        try (var stream = console.stream("", fetched ? last : "")) {
            open = stream;
            while (!leaving) hear(stream.next());
        }
    }

    private void hear(News.Item item) throws IOException {
        backoff.succeeded();
        if (!item.id().isEmpty()) last = item.id();
        switch (item.name()) {
            case "hello" -> {
                if (!fetched) fetch();
            }
            case "reset" -> {
                fetched = false;
                fetch();
            }
            case "inbox" -> keep(item.json());
            default -> {}
        }
        steps.step();
    }

    /** Fetches the inbox; what the stream says meanwhile comes after it. */
    private void fetch() throws IOException {
        var next = "";
        do {
            var page = console.get("/api/conversations?view=all&limit=100" + (next.isEmpty() ? "" : "&before=" + next))
                    .body();
            page.path("conversations").forEach(this::keep);
            next = page.path("next").asText();
        } while (!next.isEmpty());
        fetched = true;
    }

    private void keep(JsonNode json) {
        var id = json.path("id").asText();
        var summary = inbox.merge(id, Summary.of(json), (old, now) -> now.feed() < old.feed() ? old : now);
        if (summary.mode().equals("waiting") && !leaving && taking.add(id)) start(() -> take(id));
    }

    private void take(String id) {
        try {
            var reply = console.post("/api/conversations/" + id + "/take", JSON.createObjectNode());
            switch (reply.status()) {
                case 200 -> watches.computeIfAbsent(id, this::watch);
                case 409 -> {}
                default -> trouble.add(name + ": the hub refused to give " + id + ": " + reply.body());
            }
            steps.step();
        } catch (IOException e) {
            // leaving
        } finally {
            taking.remove(id);
        }
    }

    private Watch watch(String id) {
        var watch = new Watch(id, me, console, steps, trouble, random);
        start(watch);
        return watch;
    }

    private void start(Runnable work) {
        threads.add(Thread.ofVirtual().name(name).start(work));
    }

    /** The tabs he opened. */
    List<Watch> watches() {
        return List.copyOf(watches.values());
    }

    /** What he knows of a conversation, by the stream alone since the inbox was last fetched. */
    Summary summary(String conversation) {
        return inbox.getOrDefault(conversation, new Summary(0, 0, ""));
    }

    /** Leaves his desk; what was heard can be read once this returns. */
    void leave() throws IOException, InterruptedException {
        leaving = true;
        watches.values().forEach(Watch::leave);
        var stream = open;
        if (stream != null) stream.close();
        for (var thread : threads) thread.join();
    }

    /** His id, as messages in the database have it. */
    String id() {
        return me;
    }

    @Override
    public void close() {
        console.close();
    }
}
