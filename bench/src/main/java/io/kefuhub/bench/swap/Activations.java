package io.kefuhub.bench.swap;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.bench.proof.Console;
import io.kefuhub.bench.proof.News;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Follows what the hub tells its console of activations. Of each file one thread waits. */
final class Activations implements AutoCloseable {
    private static final int LIMIT_SECONDS = 30;

    private final News news;
    private final ConcurrentHashMap<String, BlockingQueue<JsonNode>> ended = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Activations(Console console) throws IOException {
        news = console.follow("/api/plugins/stream");
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try {
            while (true) {
                var item = news.next();
                if (!item.name().equals("activation")) continue;
                var activation = item.json();
                if (activation.hasNonNull("outcome"))
                    of(activation.path("fileName").asText()).add(activation);
            }
        } catch (IOException e) {
            if (!closed) System.out.println("the stream of activations ended: " + e);
        }
    }

    private BlockingQueue<JsonNode> of(String fileName) {
        return ended.computeIfAbsent(fileName, _ -> new LinkedBlockingQueue<>());
    }

    /** Waits until the next activation of a file has ended, which must be one of these ways. */
    void await(String fileName, Set<String> outcomes) throws InterruptedException {
        var activation = of(fileName).poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (activation == null) throw new IllegalStateException(fileName + " did not come to serve");
        if (!outcomes.contains(activation.path("outcome").asText())) {
            throw new IllegalStateException(fileName + " was not taken: " + activation);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        news.close();
    }
}
