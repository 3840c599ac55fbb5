package io.kefuhub.channel.wecom.bot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kefuhub.ai.exchange.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A host of WeCom's: takes answers to messages at addresses that work once, and hands out files. */
final class PlayedHost implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Supplier<InputStream>> files = new ConcurrentHashMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, Boolean> used = new ConcurrentHashMap<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile boolean loseNext;
    private volatile boolean refuseNext;
    private volatile int failures;

    PlayedHost() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/answer/", this::answer);
        server.createContext("/file/", this::file);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String answerAddress(String name) {
        return address() + "/answer/" + name;
    }

    /** Lays a file ready; returns where. */
    String lay(String name, byte[] encrypted) {
        return lay(name, () -> new ByteArrayInputStream(encrypted));
    }

    String lay(String name, Supplier<InputStream> encrypted) {
        files.put("/file/" + name, encrypted);
        return address() + "/file/" + name;
    }

    /** Tells a name with the file of this address. */
    void named(String address, String name) {
        names.put(address.substring(address().length()), name);
    }

    /** The texts that were taken, in order. */
    List<String> taken() {
        return List.copyOf(taken);
    }

    void loseNextAnswer() {
        loseNext = true;
    }

    /** Takes the next answer for one too many. */
    void refuseNext() {
        refuseNext = true;
    }

    /** Is out of order for so many calls. */
    void fail(int calls) {
        failures = calls;
    }

    private synchronized boolean fails() {
        if (failures == 0) return false;
        failures--;
        return true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (fails()) {
            reply(exchange, 503, "");
            return;
        }
        if (refuseNext) {
            refuseNext = false;
            reply(exchange, 200, "{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit\"}");
            return;
        }
        if (used.putIfAbsent(exchange.getRequestURI().getPath(), true) != null) {
            reply(exchange, 200, "{\"errcode\":60140,\"errmsg\":\"response_url used\"}");
            return;
        }
        var text = Json.object(body)
                .flatMap(json -> json.object("markdown"))
                .flatMap(markdown -> markdown.text("content"))
                .orElseThrow();
        taken.add(text);
        if (loseNext) {
            loseNext = false;
            exchange.close();
            return;
        }
        reply(exchange, 200, "{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    private void file(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (fails()) {
            reply(exchange, 503, "");
            return;
        }
        var content = files.get(path);
        if (content == null) {
            reply(exchange, 403, "expired");
            return;
        }
        var name = names.get(path);
        if (name != null)
            exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"" + name + "\"");
        exchange.sendResponseHeaders(200, 0);
        try (var in = content.get();
                var out = exchange.getResponseBody()) {
            in.transferTo(out);
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
