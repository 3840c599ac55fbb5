package io.kefuhub.simulators;

import io.kefuhub.simulators.Journal.Way;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Calls the hub, and calls it again as the platform's ladder says when it was not answered with 200. The first attempts of
 * one lane are made one after the other, so that what was said in order arrives in order; repeats come whenever they are
 * due. Safe for threads.
 */
public final class Callbacks implements AutoCloseable {
    private static final Words NO_ADDRESS = new Words("no callback address is set; not sent: %s", "尚未填写回调地址，未发送：%s");

    /** How often it was tried, and what. */
    public static final Words GIVEN_UP = new Words("given up after %s attempts: %s", "尝试 %s 次后放弃：%s");

    /** In how many seconds, and what. */
    public static final Words AGAIN = new Words("again in %s s: %s", "%s 秒后重试：%s");

    private final SimulatedTime time;
    private final Journal journal;
    private final Faults faults;
    private final Map<String, URI> addresses = new ConcurrentHashMap<>();
    private final Map<String, Queue<Runnable>> lanes = new HashMap<>();
    private final HttpClient client;

    /** Writes one attempt; called anew for each, so that it can be signed anew. */
    @FunctionalInterface
    public interface Letter {
        Request write(int attempt);
    }

    /**
     * @param query begins after the question mark; may be empty
     * @param body empty for GET
     */
    public record Request(String method, String query, Map<String, String> headers, String body) {
        public static Request post(String query, String type, String body) {
            return new Request("POST", query, Map.of("Content-Type", type), body);
        }
    }

    /** @param status 0 if no answer came in time */
    public record Reply(int status, String body) {
        public boolean accepted() {
            return status == 200;
        }
    }

    /**
     * @param lane what must arrive in order among itself
     * @param what for the journal, and for faults that strike only some
     * @param ladder the pauses before the second attempt, the third and so on
     * @param limit of one attempt
     * @param done is told the last reply
     */
    public record Delivery(
            String surface,
            String lane,
            String what,
            List<Duration> ladder,
            Duration limit,
            Letter letter,
            Consumer<Reply> done) {}

    Callbacks(SimulatedTime time, Journal journal, Faults faults) {
        this.time = time;
        this.journal = journal;
        this.faults = faults;
        this.client = HttpClient.newBuilder()
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    public void address(String surface, URI address) {
        if (!List.of("http", "https").contains(String.valueOf(address.getScheme())) || address.getHost() == null) {
            throw new BadInputException("the callback address must begin with http:// or https://");
        }
        addresses.put(surface, address);
    }

    public Map<String, URI> addresses() {
        return Map.copyOf(addresses);
    }

    public void send(Delivery delivery) {
        var lane = delivery.surface + "/" + delivery.lane;
        Runnable first = () -> attempt(delivery, 0);
        synchronized (lanes) {
            var waiting = lanes.get(lane);
            if (waiting != null) {
                waiting.add(first);
                return;
            }
            var queue = new ArrayDeque<Runnable>();
            queue.add(first);
            lanes.put(lane, queue);
        }
        Thread.startVirtualThread(() -> walk(lane));
    }

    /** One attempt, now, without repeats. */
    public Reply once(String surface, String what, Duration limit, Request request) {
        var address = addresses.get(surface);
        if (address == null) {
            journal.note(surface, NO_ADDRESS, what);
            return new Reply(0, "");
        }
        return call(address, surface, what, limit, request, "");
    }

    private void walk(String lane) {
        while (true) {
            Runnable next;
            synchronized (lanes) {
                next = lanes.getOrDefault(lane, new ArrayDeque<>()).poll();
                if (next == null) {
                    lanes.remove(lane);
                    return;
                }
            }
            next.run();
        }
    }

    private void attempt(Delivery delivery, int attempt) {
        var address = addresses.get(delivery.surface);
        if (address == null) {
            journal.note(delivery.surface, NO_ADDRESS, delivery.what);
            delivery.done.accept(new Reply(0, ""));
            return;
        }
        var struck = String.join(" ", faults.near(FaultKind.Side.CALLBACKS, delivery.what));
        var request = delivery.letter.write(attempt);
        var what = attempt == 0 ? delivery.what : delivery.what + " #" + (attempt + 1);
        // Asked before: a fault that is set while this is under way is meant for the next.
        var isReplayed = faults.strikes(Faults.REPLAY, delivery.what);
        var reply = call(address, delivery.surface, what, delivery.limit, request, struck);
        if (isReplayed) {
            time.after(
                    Duration.ofSeconds(1),
                    () -> call(address, delivery.surface, what, delivery.limit, request, Faults.REPLAY));
        }
        if (reply.accepted() || attempt >= delivery.ladder.size()) {
            if (!reply.accepted()) {
                journal.note(delivery.surface, GIVEN_UP, attempt + 1, delivery.what);
            }
            delivery.done.accept(reply);
        } else {
            var pause = delivery.ladder.get(attempt);
            time.after(pause, () -> attempt(delivery, attempt + 1));
            // Once this is written down, moving the time on is sure to bring the repeat.
            journal.note(delivery.surface, AGAIN, pause.toSeconds(), delivery.what);
        }
    }

    private Reply call(URI address, String surface, String what, Duration limit, Request request, String fault) {
        var began = System.nanoTime();
        var reply = new Reply(0, "");
        var shown = "";
        try {
            var url = request.query.isEmpty()
                    ? address
                    : URI.create(address + (address.getRawQuery() == null ? "?" : "&") + request.query);
            var builder = HttpRequest.newBuilder(url).timeout(limit);
            request.headers.forEach(builder::header);
            builder.method(
                    request.method,
                    request.body.isEmpty()
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(request.body));
            var answer = client.send(builder.build(), BodyHandlers.ofString());
            reply = new Reply(answer.statusCode(), answer.body());
            shown = answer.body();
        } catch (IOException e) {
            shown = e.getClass().getSimpleName() + ": " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.exchange(
                Way.CALLBACK,
                surface,
                what,
                reply.status,
                (System.nanoTime() - began) / 1_000_000,
                request.query.isEmpty() ? request.body : request.query + "\n" + request.body,
                shown,
                fault);
        return reply;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
