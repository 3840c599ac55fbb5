package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Hub;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Remote;
import io.kefuhub.simulators.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A simulated WeCom, a hub that it calls, and the ways of both into it. */
final class Stand implements AutoCloseable {
    static final String CUSTOMER = "wmSimulatedCustomer0000001";
    static final String MEMBER = "simulated-app-1";
    static final String PERSON = "simulated-bot-1";

    final Simulator simulator = Simulator.start(WeCom::new);
    final Hub hub;
    final Remote remote = new Remote(simulator.address());

    Stand() throws IOException {
        hub = new Hub();
        for (var surface : List.of(Kf.SURFACE, App.SURFACE, BotHook.SURFACE)) {
            simulator.scene().callbacks.address(surface, hub.address("/" + surface));
        }
    }

    String token(String secret) throws IOException, InterruptedException {
        return remote.get("/cgi-bin/gettoken?corpid=" + Corp.ID + "&corpsecret=" + secret)
                .path("access_token")
                .asText();
    }

    JsonNode kf(String call, String body) throws IOException, InterruptedException {
        return remote.post("/cgi-bin/kf/" + call + "?access_token=" + token(Corp.KF_SECRET), body);
    }

    JsonNode app(String call, String body) throws IOException, InterruptedException {
        return remote.post("/cgi-bin/message/" + call + "?access_token=" + token(Corp.APP_SECRET), body);
    }

    JsonNode send(String text) throws IOException, InterruptedException {
        return kf("send_msg", """
                {"touser":"%s","open_kfid":"%s","msgtype":"text","text":{"content":"%s"}}""".formatted(CUSTOMER, Kf.firstAccount(), text));
    }

    JsonNode pull(String cursor, String more) throws IOException, InterruptedException {
        return kf("sync_msg", """
                {"cursor":"%s","open_kfid":"%s"%s}""".formatted(cursor, Kf.firstAccount(), more));
    }

    JsonNode say(String surface, String customer, String more) throws IOException, InterruptedException {
        return remote.post("/sim/say", """
                {"surface":"%s","customer":"%s"%s}""".formatted(surface, customer, more));
    }

    JsonNode act(String surface, String customer, String act, String with) throws IOException, InterruptedException {
        return remote.post("/sim/act", """
                {"surface":"%s","customer":"%s","act":"%s","with":{%s}}""".formatted(surface, customer, act, with));
    }

    void fault(String name, String how) throws IOException, InterruptedException {
        remote.put("/sim/faults/" + name, how);
    }

    void forward(String by) throws IOException, InterruptedException {
        remote.post("/sim/clock", "{\"forward\":\"" + by + "\"}");
    }

    /** The text of the encrypted callback, which is checked on the way. */
    static String opened(Hub.Received call, Seal seal) {
        try {
            var sealed = call.body().startsWith("<")
                    ? Xml.read(call.body()).getOrDefault("Encrypt", "")
                    : Json.MAPPER.readTree(call.body()).path("encrypt").asText();
            var signature = seal.sign(
                    call.query().getOrDefault("timestamp", ""), call.query().getOrDefault("nonce", ""), sealed);
            if (!signature.equals(call.query().get("msg_signature"))) throw new AssertionError("wrong signature");
            return seal.open(sealed);
        } catch (IOException | Seal.BrokenException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, String> xml(Hub.Received call, Seal seal) {
        try {
            return Xml.read(opened(call, seal));
        } catch (Seal.BrokenException e) {
            throw new AssertionError(e);
        }
    }

    Hub.Received callback(int number) {
        return Remote.until(() -> hub.received, all -> all.size() > number).get(number);
    }

    JsonNode messages(String surface) {
        try {
            return remote.get("/sim/messages?surface=" + surface);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    JsonNode upload(String type, String name, byte[] content, String secret) throws IOException, InterruptedException {
        var boundary = "----simulated";
        var head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"media\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        var tail = "\r\n--" + boundary + "--\r\n";
        var answer = remote.client.send(
                HttpRequest.newBuilder(URI.create(simulator.address() + "/cgi-bin/media/upload?type=" + type
                                + "&access_token=" + token(secret)))
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.concat(
                                HttpRequest.BodyPublishers.ofString(head, StandardCharsets.UTF_8),
                                HttpRequest.BodyPublishers.ofByteArray(content),
                                HttpRequest.BodyPublishers.ofString(tail)))
                        .build(),
                BodyHandlers.ofString());
        return Json.MAPPER.readTree(answer.body());
    }

    HttpResponse<byte[]> bytes(String url) throws IOException, InterruptedException {
        return remote.client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        remote.close();
        simulator.close();
        hub.close();
    }
}
