package io.kefuhub.bench.models;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Somewhere that chat completions can be asked for. Immutable.
 *
 * @param path of chat completions
 * @param model what it calls the model
 */
record ChatTarget(String name, URI address, String path, String model, Map<String, String> headers) {
    private static final String QUESTION = "{\"model\":\"%s\",\"stream\":%s,%s\"max_tokens\":64,\"messages\":["
            + "{\"role\":\"system\",\"content\":\"You answer customers of a shop, briefly and kindly.\"},"
            + "{\"role\":\"user\",\"content\":\"When does my parcel arrive, and may I send it back if it does not fit?\"}]}";

    /** The bytes of a question. */
    byte[] request(boolean stream) {
        var usage = stream ? "\"stream_options\":{\"include_usage\":true}," : "";
        var body = QUESTION.formatted(model, stream, usage);
        var lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining());
        return ("POST " + path + " HTTP/1.1\r\nHost: " + address.getAuthority()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n" + lines
                        + "\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
