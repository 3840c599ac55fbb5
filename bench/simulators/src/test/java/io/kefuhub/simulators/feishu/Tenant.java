package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Remote;
import io.kefuhub.simulators.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A simulated tenant, driven and called over HTTP only. */
final class Tenant implements AutoCloseable {
    final Simulator simulator = Simulator.start(Feishu::new);
    final Remote remote = new Remote(simulator.address());
    private String token = "";

    /** The hub's side of one call. */
    record Called(int status, JsonNode body, HttpResponse<String> whole) {
        int code() {
            return body.path("code").asInt();
        }

        JsonNode data() {
            return body.path("data");
        }

        String header(String name) {
            return whole.headers().firstValue(name).orElse("");
        }
    }

    JsonNode issue() throws IOException, InterruptedException {
        return issue(Feishu.HOOKED.id(), Feishu.HOOKED.secret());
    }

    JsonNode issue(String id, String secret) throws IOException, InterruptedException {
        var asked = Json.object().put("app_id", id).put("app_secret", secret);
        return remote.post("/open-apis/auth/v3/tenant_access_token/internal", asked.toString());
    }

    /** Gets a token for all calls that follow. */
    Tenant signedIn() throws IOException, InterruptedException {
        token = issue().path("tenant_access_token").asText();
        return this;
    }

    Tenant signedInAsConnected() throws IOException, InterruptedException {
        token = issue(Feishu.CONNECTED.id(), Feishu.CONNECTED.secret())
                .path("tenant_access_token")
                .asText();
        return this;
    }

    String token() {
        return token;
    }

    Called call(String method, String path, String body) throws IOException, InterruptedException {
        var publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return called(request(path).header("Content-Type", "application/json").method(method, publisher));
    }

    HttpRequest.Builder request(String path) {
        var builder = HttpRequest.newBuilder(URI.create(simulator.address() + "/open-apis" + path));
        return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
    }

    private Called called(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = remote.client.send(request.build(), BodyHandlers.ofString());
        return new Called(answer.statusCode(), Json.MAPPER.readTree(answer.body()), answer);
    }

    Called upload(String path, String field, byte[] content, Map<String, String> form)
            throws IOException, InterruptedException {
        var out = new ByteArrayOutputStream();
        var boundary = "----7d9f";
        for (var entry : form.entrySet()) {
            out.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + entry.getKey()
                            + "\"\r\n\r\n" + entry.getValue() + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field
                        + "\"; filename=\"x.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(content);
        out.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return called(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(out.toByteArray())));
    }

    Called send(String chat, String text, String uuid) throws IOException, InterruptedException {
        return send(chat, "text", Json.object().put("text", text), uuid);
    }

    Called send(String chat, String type, ObjectNode content, String uuid) throws IOException, InterruptedException {
        var body = Json.object()
                .put("receive_id", chat)
                .put("msg_type", type)
                .put("content", content.toString())
                .put("uuid", uuid);
        return call("POST", "/im/v1/messages?receive_id_type=chat_id", body.toString());
    }

    /** Answers the code. */
    CompletableFuture<Integer> sendAsync(String chat, String text) {
        var body = Json.object()
                .put("receive_id", chat)
                .put("msg_type", "text")
                .put("content", Json.object().put("text", text).toString());
        var request = request("/im/v1/messages?receive_id_type=chat_id")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        return remote.client
                .sendAsync(request.build(), BodyHandlers.ofString())
                .thenApply(answer -> Trees.content(answer.body()).path("code").asInt());
    }

    Called reply(String message, String text) throws IOException, InterruptedException {
        var body = Json.object()
                .put("msg_type", "text")
                .put("content", Json.object().put("text", text).toString());
        return call("POST", "/im/v1/messages/" + message + "/reply", body.toString());
    }

    String customer(String surface) throws IOException, InterruptedException {
        for (var customer : remote.get("/sim/changes").path("customers")) {
            if (customer.path("surface").asText().equals(surface))
                return customer.path("id").asText();
        }
        throw new AssertionError("nobody is on " + surface);
    }

    /** Says it as the first customer of the surface; answers the message's id. */
    String say(String surface, ObjectNode what) throws IOException, InterruptedException {
        return sayAll(surface, what).path(0).asText();
    }

    JsonNode sayAll(String surface, ObjectNode what) throws IOException, InterruptedException {
        what.put("surface", surface).put("customer", customer(surface));
        var answer = remote.post("/sim/say", what.toString());
        if (answer.has("error")) throw new AssertionError(answer.path("error").asText());
        return answer.path("messages");
    }

    String say(String surface, String text) throws IOException, InterruptedException {
        return say(surface, Json.object().put("text", text));
    }

    JsonNode act(String surface, String act, ObjectNode with) throws IOException, InterruptedException {
        var body = Json.object()
                .put("surface", surface)
                .put("customer", customer(surface))
                .put("act", act);
        body.set("with", with);
        return remote.post("/sim/act", body.toString());
    }

    /** The private chat of the first customer, once he has said something. */
    String chat(String message) throws IOException, InterruptedException {
        return call("GET", "/im/v1/messages/" + message, "")
                .data()
                .path("items")
                .path(0)
                .path("chat_id")
                .asText();
    }

    void forward(String duration) throws IOException, InterruptedException {
        remote.post("/sim/clock", Json.object().put("forward", duration).toString());
    }

    void fault(String name, int times) throws IOException, InterruptedException {
        remote.put("/sim/faults/" + name, Json.object().put("times", times).toString());
    }

    /** How the customer's app shows this message. */
    JsonNode shown(String id) throws IOException, InterruptedException {
        for (var message : remote.get("/sim/messages")) {
            if (message.path("id").asText().equals(id)) return message;
        }
        throw new AssertionError("not shown: " + id);
    }

    @Override
    public void close() {
        remote.close();
        simulator.close();
    }
}
