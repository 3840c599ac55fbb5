package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A program that asks a model for a stream, on a bare socket, so that it hangs up when it is closed. */
final class RawProgram implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    /** Returns when all is sent. */
    RawProgram(URI hub, String token, String model) throws IOException {
        var body = """
                {"model":"%s","stream":true,"messages":[{"role":"user","content":"Hello?"}]}""".formatted(model);
        socket = new Socket(hub.getHost(), hub.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write("""
                POST /v1/chat/completions HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""".formatted(token, body.length(), body).getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads until these words were read. */
    void awaits(String words) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(words) < 0) {
            var next = socket.getInputStream().read();
            assertThat(next).as("more than %s", read).isNotNegative();
            read.append((char) next);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
