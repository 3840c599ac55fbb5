package io.kefuhub.channel.feishu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.Buffer;
import okio.ByteString;

/** The platform's end of the long connection. Safe for threads. */
final class PlayedConnection extends WebSocketListener {
    private final List<Seen> answers = new CopyOnWriteArrayList<>();
    private final List<WebSocket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private volatile boolean closed;

    @Override
    public void onOpen(WebSocket socket, Response response) {
        sockets.add(socket);
    }

    @Override
    public void onMessage(WebSocket socket, ByteString bytes) {
        var seen = Bytes.read(bytes.toByteArray());
        if (seen.header("type").equals("ping")) pings.incrementAndGet();
        else answers.add(seen);
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
        closed = true;
        socket.close(1000, "");
    }

    void send(String id, String json) {
        send(frame(id, 1, 0, json.getBytes(StandardCharsets.UTF_8)));
    }

    void send(ByteString frame) {
        sockets.getLast().send(frame);
    }

    ByteString frame(String id, int sum, int seq, byte[] payload) {
        return Bytes.data(
                Map.of(
                        "type",
                        "event",
                        "message_id",
                        id,
                        "sum",
                        String.valueOf(sum),
                        "seq",
                        String.valueOf(seq),
                        "trace_id",
                        "t"),
                1,
                payload);
    }

    void pong(String config) {
        send(Bytes.data(Map.of("type", "pong"), 0, config.getBytes(StandardCharsets.UTF_8)));
    }

    void cut() {
        sockets.getLast().close(1001, "going away");
    }

    int opened() {
        return sockets.size();
    }

    int pings() {
        return pings.get();
    }

    boolean isClosed() {
        return closed;
    }

    List<Seen> answers() {
        return List.copyOf(answers);
    }

    Seen answer(int number) throws InterruptedException {
        Waits.until(() -> answers.size() >= number);
        return answers.get(number - 1);
    }

    /** Tells of something, over the next connection too where there is no answer before; returns the answer. */
    String tell(String json) throws InterruptedException {
        var id = "told-" + told.incrementAndGet();
        var toldOver = new AtomicInteger();
        Waits.until(() -> {
            var opened = sockets.size();
            if (toldOver.getAndSet(opened) < opened) send(id, json);
            return answerTo(id).isPresent();
        });
        return answerTo(id).orElseThrow().payload();
    }

    private Optional<Seen> answerTo(String id) {
        return answers.stream()
                .filter(answer -> answer.header("message_id").equals(id))
                .findFirst();
    }

    /** A frame as the platform reads it. */
    record Seen(Map<String, String> headers, String payload) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** Frames by another hand than the channel's own. */
    private static final class Bytes {
        static ByteString data(Map<String, String> headers, int method, byte[] payload) {
            var buffer = new Buffer();
            number(buffer, 1, 7);
            number(buffer, 2, 9);
            number(buffer, 3, 33554678);
            number(buffer, 4, method);
            headers.forEach((key, value) -> {
                var inner = new Buffer();
                bytes(inner, 1, key.getBytes(StandardCharsets.UTF_8));
                bytes(inner, 2, value.getBytes(StandardCharsets.UTF_8));
                bytes(buffer, 5, inner.readByteArray());
            });
            bytes(buffer, 8, payload);
            return buffer.readByteString();
        }

        private static void number(Buffer buffer, int field, int value) {
            buffer.writeByte(field << 3);
            varint(buffer, value);
        }

        private static void bytes(Buffer buffer, int field, byte[] value) {
            buffer.writeByte(field << 3 | 2);
            varint(buffer, value.length);
            buffer.write(value);
        }

        private static void varint(Buffer buffer, int value) {
            var left = value;
            for (; left > 0x7F; left >>= 7) buffer.writeByte((left & 0x7F) | 0x80);
            buffer.writeByte(left);
        }

        static Seen read(byte[] frame) {
            var in = new Buffer().write(frame);
            var headers = new HashMap<String, String>();
            var payload = "";
            while (!in.exhausted()) {
                var tag = varint(in);
                if ((tag & 7) == 0) {
                    varint(in);
                    continue;
                }
                var bytes = new Buffer().write(read(in, varint(in)));
                if (tag >> 3 == 8) payload = bytes.readUtf8();
                if (tag >> 3 != 5) continue;
                varint(bytes);
                var key = new String(read(bytes, varint(bytes)), StandardCharsets.UTF_8);
                varint(bytes);
                headers.put(key, new String(read(bytes, varint(bytes)), StandardCharsets.UTF_8));
            }
            return new Seen(Map.copyOf(headers), payload);
        }

        private static byte[] read(Buffer in, int count) {
            try {
                return in.readByteArray(count);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private static int varint(Buffer in) {
            var value = 0;
            for (var shift = 0; ; shift += 7) {
                var next = read(in, 1)[0];
                value |= (next & 0x7F) << shift;
                if (next >= 0) return value;
            }
        }
    }
}
