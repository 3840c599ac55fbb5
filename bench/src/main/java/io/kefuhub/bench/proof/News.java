package io.kefuhub.bench.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** One of the console's streams of server-sent events. One thread reads. */
public final class News implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InputStream body;
    private final BufferedReader lines;

    /**
     * @param id its place in the stream; empty when it has none
     * @param data as it came
     */
    public record Item(String name, String id, String data) {
        public JsonNode json() throws IOException {
            return JSON.readTree(data);
        }
    }

    News(InputStream body) {
        this.body = body;
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Waits for the next one. */
    public Item next() throws IOException {
        var name = "";
        var id = "";
        var data = new StringBuilder();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && !name.isEmpty()) return new Item(name, id, data.toString());
            if (line.startsWith("event: ")) name = line.substring(7);
            if (line.startsWith("id: ")) id = line.substring(4);
            if (line.startsWith("data: ")) data.append(line, 6, line.length());
        }
        throw new EOFException("the stream has ended");
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
