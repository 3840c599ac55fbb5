package io.kefuhub.core.gateway;

import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Used;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Asks a {@link ModelStub}: the last message is the path it calls, or {@code /why/…} for an outcome without a call. Keeps
 * what it was asked.
 */
final class StubModels implements ModelGateway {
    static final Usage USAGE = new Usage(true, 12, 4, 3, 1);

    final List<ModelQuestion> asked = new CopyOnWriteArrayList<>();
    private final ModelStub stub;

    StubModels(ModelStub stub) {
        this.stub = stub;
    }

    @Override
    public ModelOutcome ask(ModelQuestion question, AiSink sink, Cancel cancel) {
        asked.add(question);
        var path = question.messages().getLast().text();
        if (path.startsWith("/why/")) return outcome(path.substring(5), sink);
        var text = new StringBuilder();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), stub.port())) {
            cancel.onRequest(() -> close(socket));
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            while (!in.readLine().isEmpty()) {}
            for (var piece = in.readLine(); !".".equals(piece); piece = in.readLine()) {
                if (piece == null) throw new IOException("cut off");
                text.append(piece);
                sink.content(piece);
            }
            return new ModelOutcome.Answered(text.toString(), AiReply.Finish.STOP, used());
        } catch (IOException e) {
            if (cancel.isRequested()) return new ModelOutcome.Cancelled(text.toString(), used());
            return new ModelOutcome.Partial(text.toString(), used());
        }
    }

    private static ModelOutcome outcome(String word, AiSink sink) {
        return switch (word) {
            case "WITHHELD" -> new ModelOutcome.Withheld(used());
            case "TOO_LONG" -> new ModelOutcome.TooLong(used());
            case "LENGTH" -> new ModelOutcome.Answered("cut", AiReply.Finish.LENGTH, used());
            case "PARTIAL" -> {
                sink.content("so far");
                yield new ModelOutcome.Partial("so far", used());
            }
            case "EMOJI" -> {
                // A character that comes in two halves, then one that never becomes whole.
                sink.content("a\uD83D");
                sink.content("\uDE00 \"q\" \\ \n\u0001");
                sink.content("\uDE00z");
                yield new ModelOutcome.Answered("a\uD83D\uDE00 \"q\" \\ \n\u0001\uDE00z", AiReply.Finish.STOP, used());
            }
            default -> {
                var parts = word.split(":", -1);
                var again = parts.length == 1
                        ? Optional.<Duration>empty()
                        : Optional.of(Duration.ofSeconds(Long.parseLong(parts[1])));
                yield new ModelOutcome.NotAnswered(
                        ModelOutcome.Why.valueOf(parts[0]), "for an admin", again, Used.NOTHING);
            }
        };
    }

    private static Used used() {
        return new Used("stub", "stub-1", true, USAGE, 0, 1, Duration.ZERO, Duration.ZERO);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
