package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.Http;
import io.kefuhub.api.Localized;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One connection to the platform, from its opening to its end. Safe for threads. */
final class Link implements Http.SocketListener, AutoCloseable {
    private final Consumer<Frame> heard;
    private final Map<String, CompletableFuture<Ack>> asked = new ConcurrentHashMap<>();
    private final CompletableFuture<Ended> ended = new CompletableFuture<>();
    private final CompletableFuture<Http.Socket> socket = new CompletableFuture<>();

    /** Why it is gone. */
    record Ended(int code, String reason) {
        /** Whether the hub itself let it go nowhere. */
        boolean isNotAllowed() {
            return code == 1008;
        }
    }

    private Link(Consumer<Frame> heard) {
        this.heard = heard;
    }

    /**
     * Opens a connection; whether it is open shows with the first frame that is sent.
     *
     * @param heard called with everything but answers; must not wait for one
     */
    static Link open(Http http, URI address, Consumer<Frame> heard) {
        var link = new Link(heard);
        link.socket.complete(http.connect(address, Map.of(), link));
        return link;
    }

    static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Sends a frame and waits for its answer; of one id once at a time. */
    Ack ask(String command, String id, Map<String, Object> body, Duration limit) throws InterruptedException {
        var answer = new CompletableFuture<Ack>();
        if (asked.putIfAbsent(id, answer) != null)
            return new Ack.NotSent(Localized.of("the answer before is still being taken", "上一条回复仍在处理"));
        try {
            if (ended.isDone() || !socket.join().send(Frame.written(command, id, body))) {
                return new Ack.NotSent(Localized.of("the connection to WeCom is gone", "与企业微信的连接已断开"));
            }
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return new Ack.Silent();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            asked.remove(id, answer);
        }
    }

    /** Sends a sign of life. The future completes with its answer. */
    CompletableFuture<Ack> ping() {
        var id = newId();
        var answer = new CompletableFuture<Ack>();
        asked.put(id, answer);
        if (ended.isDone() || !socket.join().send(Frame.written("ping", id, Map.of()))) asked.remove(id);
        return answer;
    }

    /** Waits for the end, for a while; says whether it has come. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        try {
            ended.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Why it ended; what is still open has no reason. */
    Ended end() {
        return ended.getNow(new Ended(0, ""));
    }

    @Override
    public void onText(String text) {
        Frame.read(text).ifPresent(frame -> {
            if (frame.isCallback()) {
                heard.accept(frame);
                return;
            }
            var answer = asked.get(frame.id());
            if (answer == null) return;
            answer.complete(
                    frame.code() == 0 ? new Ack.Taken(frame.body()) : new Ack.Refused(frame.code(), frame.message()));
        });
    }

    @Override
    public void onBinary(byte[] bytes) {
        // The platform sends none.
    }

    @Override
    public void onClosed(int code, String reason) {
        ended.complete(new Ended(code, reason));
        asked.values().forEach(answer -> answer.complete(new Ack.Silent()));
    }

    @Override
    public void close() {
        ended.complete(new Ended(1000, ""));
        if (socket.isDone()) socket.join().close();
        asked.values().forEach(answer -> answer.complete(new Ack.Silent()));
    }
}
