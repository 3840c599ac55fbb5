package io.kefuhub.simulators.feishu;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Json;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client of the long connection: joins parts and acknowledges what is whole. */
final class ConnectedClient implements WebSocket.Listener, AutoCloseable {
    final List<JsonNode> events = new CopyOnWriteArrayList<>();
    final List<Frame> frames = new CopyOnWriteArrayList<>();
    volatile boolean closed;

    private final Map<String, byte[][]> parts = new LinkedHashMap<>();
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private final WebSocket socket;
    private volatile Function<JsonNode, Optional<String>> answer = _ -> Optional.of("{\"code\":200}");

    ConnectedClient(HttpClient client, URI address) {
        socket = client.newWebSocketBuilder().buildAsync(address, this).join();
    }

    /** What the payload of the acknowledgement is; nothing for none at all. */
    void answers(Function<JsonNode, Optional<String>> next) {
        answer = next;
    }

    static Optional<String> data(String json) {
        var data = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
        return Optional.of("{\"code\":200,\"headers\":null,\"data\":\"" + data + "\"}");
    }

    void send(Frame frame) {
        socket.sendBinary(ByteBuffer.wrap(frame.encoded()), true).join();
    }

    void sendRaw(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        var bytes = new byte[data.remaining()];
        data.get(bytes);
        piece.writeBytes(bytes);
        if (last) {
            var frame = Frame.decoded(piece.toByteArray());
            piece.reset();
            frames.add(frame);
            if (frame.method() == Frame.DATA) took(frame);
        }
        from.request(1);
        return null;
    }

    private void took(Frame frame) {
        var sum = Integer.parseInt(frame.header("sum"));
        var all = parts.computeIfAbsent(frame.header("message_id"), _ -> new byte[sum][]);
        all[Integer.parseInt(frame.header("seq"))] = frame.payload();
        if (Arrays.asList(all).contains(null)) return;
        var whole = new ByteArrayOutputStream();
        for (var part : all) whole.writeBytes(part);
        parts.remove(frame.header("message_id"));
        var event = Trees.content(whole.toString(UTF_8));
        // Acknowledged first, so that whoever sees the event may close the line.
        answer.apply(event).ifPresent(payload -> acknowledge(frame, payload));
        events.add(event);
    }

    private void acknowledge(Frame frame, String payload) {
        var headers = new LinkedHashMap<>(frame.headers());
        headers.put("biz_rt", "1");
        send(new Frame(frame.seqId(), frame.logId(), frame.service(), Frame.DATA, headers, payload.getBytes(UTF_8)));
    }

    String text(int index) {
        var content =
                events.get(index).path("event").path("message").path("content").asText();
        return Trees.content(content).path("text").asText();
    }

    JsonNode pong() {
        return Trees.object(new String(frames.getLast().payload(), UTF_8))
                .map(JsonNode.class::cast)
                .orElse(Json.object());
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = true;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed = true;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
