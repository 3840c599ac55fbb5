package io.kefuhub.core.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * One browser at the hub's API: keeps its cookie and its CSRF token, and holds every answer against the API's document.
 * For one thread.
 */
public final class Browser {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final String origin;
    private final Map<String, String> headers = new HashMap<>();

    public Browser(int port) {
        origin = "http://127.0.0.1:" + port;
    }

    /** An answer, read to its end. */
    public record Answer(int status, HttpResponse<byte[]> response) {
        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return Json.tree(text());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public Browser with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** A header that this browser sends with every call. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    public Answer get(String path) {
        return send("GET", path, "", new byte[0]);
    }

    public Answer delete(String path) {
        return send("DELETE", path, "", new byte[0]);
    }

    public Answer post(String path) {
        return send("POST", path, "", new byte[0]);
    }

    public Answer post(String path, String json) {
        return send("POST", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    public Answer put(String path, String json) {
        return send("PUT", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    public Answer patch(String path, String json) {
        return send("PATCH", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Uploads one file in the form field {@code file}. */
    public Answer upload(String path, String name, String type, byte[] content) {
        var head = "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: " + type + "\r\n\r\n";
        var body = new java.io.ByteArrayOutputStream();
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--line--\r\n".getBytes(StandardCharsets.UTF_8));
        return send("POST", path, "multipart/form-data; boundary=line", body.toByteArray());
    }

    public Answer send(String method, String path, String type, byte[] body) {
        var builder = request(path).method(method, BodyPublishers.ofByteArray(body));
        if (!type.isEmpty()) builder.header("Content-Type", type);
        try {
            var response = CLIENT.send(builder.build(), BodyHandlers.ofByteArray());
            response.headers().allValues("Set-Cookie").forEach(cookie -> headers.put("Cookie", cookie.split(";")[0]));
            var answer = new Answer(response.statusCode(), response);
            if (answer.header("Content-Type").contains("json")) {
                var wrong = Schemas.check(method, path, answer.status(), answer.json());
                if (!wrong.isEmpty()) throw new AssertionError(wrong + " in " + answer.text());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A call with this browser's headers, to be sent by the test itself. */
    public HttpRequest.Builder request(String path) {
        var builder = HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(20));
        headers.forEach(builder::setHeader);
        return builder;
    }

    public HttpClient client() {
        return CLIENT;
    }

    /** Signs in and keeps what later calls need. */
    public Answer signIn(String name, String password) {
        var answer = post("/api/session", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}");
        if (answer.status() == 200) with("X-CSRF", answer.json().get("csrf").asText());
        return answer;
    }
}
