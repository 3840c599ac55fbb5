package io.kefuhub.core.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes server-sent events. For one thread. */
public final class SseWriter {
    private final OutputStream out;

    public SseWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes an event; {@link #flush} sends it. */
    public void event(String name, Optional<String> id, Object data) throws IOException {
        var text = new StringBuilder(64);
        id.ifPresent(position -> text.append("id: ").append(position).append('\n'));
        text.append("event: ")
                .append(name)
                .append("\ndata: ")
                .append(Json.text(data))
                .append("\n\n");
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    public void flush() throws IOException {
        out.flush();
    }

    /** Writes a line that means nothing, which keeps proxies from closing the connection. */
    public void comment(String text) throws IOException {
        out.write((": " + text + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
}
