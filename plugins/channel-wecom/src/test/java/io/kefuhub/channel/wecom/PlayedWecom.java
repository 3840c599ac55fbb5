package io.kefuhub.channel.wecom;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Plays the platform over real sockets: keeps tokens, items, sessions and files, shows what it was sent, and fails as it
 * is told to. Safe for threads.
 */
public final class PlayedWecom implements AutoCloseable {
    private static final String UPLOAD = "/cgi-bin/media/upload";
    private static final int LONGEST_KEPT = 64 * 1024;

    private final HttpServer server;
    private final List<Seen> seen = new ArrayList<>();
    private final Map<String, Deque<Reaction>> reactions = new ConcurrentHashMap<>();
    private final Map<String, Deque<String>> scripts = new ConcurrentHashMap<>();
    private final Map<String, List<String>> shown = new HashMap<>();
    private final Set<String> messageIds = new HashSet<>();
    private final Set<String> contents = new HashSet<>();
    private final Map<String, List<Map<String, Object>>> items = new HashMap<>();
    private final Map<String, Media> media = new ConcurrentHashMap<>();
    private final Map<String, Integer> states = new ConcurrentHashMap<>();
    private final AtomicLong brought = new AtomicLong();
    private int page = 1_000;
    private int tokens;
    private String invalidUser = "";

    /** One call as it came. */
    public record Seen(String path, Map<String, String> query, String body) {
        public JsonObject json() {
            return Json.object(body).orElse(JsonObject.EMPTY);
        }
    }

    /** A file of the platform's. */
    public record Media(String disposition, String mime, Supplier<InputStream> content) {}

    /** How a call is answered out of turn. */
    public enum Reaction {
        BUSY(200, "{\"errcode\":-1,\"errmsg\":\"system busy\"}"),
        OVER_LIMIT(200, "{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit\"}"),
        UNTRUSTED(
                200,
                "{\"errcode\":60020,\"errmsg\":\"not allow to access from your ip, hint: [17], from ip: 203.0.113.7, more info\"}"),
        BAD_SECRET(200, "{\"errcode\":40001,\"errmsg\":\"invalid credential\"}"),
        BAD_CORP(200, "{\"errcode\":40013,\"errmsg\":\"invalid corpid\"}"),
        BAD_AGENT(200, "{\"errcode\":301002,\"errmsg\":\"agentid not match\"}"),
        NOT_OURS(200, "{\"errcode\":95018,\"errmsg\":\"send msg session status invalid\"}"),
        UNKNOWN_FILE(200, "{\"errcode\":40007,\"errmsg\":\"invalid media_id\"}"),
        NO_FILE(200, "{\"errcode\":41005,\"errmsg\":\"media data missing\"}"),
        HTML(200, "<html><body>It works</body></html>"),
        BAD_GATEWAY(502, "<html>502</html>"),
        /** Does what it was asked; the answer is cut off. */
        CUT_OFF(0, "");

        private final int status;
        private final String body;

        Reaction(int status, String body) {
            this.status = status;
            this.body = body;
        }
    }

    public PlayedWecom() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    // What a test plays and sees

    public synchronized PlayedWecom page(int size) {
        page = size;
        return this;
    }

    public void next(String path, Reaction... how) {
        reactions.computeIfAbsent(path, _ -> new ArrayDeque<>()).addAll(List.of(how));
    }

    /** Answers the next calls so. */
    public void scripted(String path, String... bodies) {
        scripts.computeIfAbsent(path, _ -> new ArrayDeque<>()).addAll(List.of(bodies));
    }

    /** The tokens that were given out so far are refused from now on. */
    public synchronized void revokeTokens() {
        tokens++;
    }

    public synchronized void invalidUser(String names) {
        invalidUser = names;
    }

    /** An item, unless it is there. */
    public synchronized void item(String openKfId, Map<String, Object> item) {
        var all = items.computeIfAbsent(openKfId, _ -> new ArrayList<>());
        if (all.stream().noneMatch(one -> Objects.equals(one.get("msgid"), item.get("msgid")))) all.add(item);
    }

    public void file(String mediaId, String disposition, String mime, byte[] content) {
        media.put(mediaId, new Media(disposition, mime, () -> new ByteArrayInputStream(content)));
    }

    public void file(String mediaId, Media file) {
        media.put(mediaId, file);
    }

    public void state(String openKfId, String customer, int state) {
        states.put(openKfId + "/" + customer, state);
    }

    public int state(String openKfId, String customer) {
        return states.getOrDefault(openKfId + "/" + customer, 0);
    }

    public synchronized List<String> shown(String who) {
        return List.copyOf(shown.getOrDefault(who, List.of()));
    }

    public synchronized List<Seen> seen(String path) {
        return seen.stream().filter(one -> one.path.equals(path)).toList();
    }

    /** How many bytes were uploaded so far. */
    public long brought() {
        return brought.get();
    }

    // Its side of the wire

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var query = query(exchange.getRequestURI().getRawQuery());
            var body = body(exchange.getRequestBody(), path);
            var call = new Seen(path, query, body);
            synchronized (this) {
                seen.add(call);
            }
            var scripted = poll(scripts, path);
            if (scripted.isPresent()) {
                send(exchange, 200, scripted.get());
                return;
            }
            var reaction = poll(reactions, path);
            if (reaction.isPresent() && reaction.get() == Reaction.CUT_OFF) {
                answer(call);
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write('{');
                return;
            }
            if (reaction.isPresent()) {
                send(exchange, reaction.get().status, reaction.get().body);
                return;
            }
            var file = media.get(query.getOrDefault("media_id", ""));
            if (path.equals("/cgi-bin/media/get") && isCurrent(query) && file != null) {
                send(exchange, file);
            } else {
                send(exchange, 200, Json.write(answer(call)));
            }
        }
    }

    /** Of a file that is uploaded, the beginning is kept. */
    private String body(InputStream in, String path) throws IOException {
        var kept = in.readNBytes(LONGEST_KEPT);
        var all = kept.length + in.transferTo(OutputStream.nullOutputStream());
        if (path.equals(UPLOAD)) brought.addAndGet(all);
        return new String(kept, StandardCharsets.UTF_8);
    }

    private static synchronized <T> Optional<T> poll(Map<String, Deque<T>> queues, String path) {
        return Optional.ofNullable(queues.get(path)).flatMap(queue -> Optional.ofNullable(queue.poll()));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void send(HttpExchange exchange, Media file) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", file.mime);
        exchange.getResponseHeaders().set("Content-Disposition", file.disposition);
        exchange.sendResponseHeaders(200, 0);
        try (var in = file.content.get()) {
            in.transferTo(exchange.getResponseBody());
        }
    }

    private static Map<String, String> query(String raw) {
        var query = new HashMap<String, String>();
        if (raw == null) return query;
        for (var one : raw.split("&")) {
            var at = one.indexOf('=');
            query.put(one.substring(0, at), URLDecoder.decode(one.substring(at + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private synchronized boolean isCurrent(Map<String, String> query) {
        return query.getOrDefault("access_token", "").equals("tok-" + tokens);
    }

    private synchronized Map<String, Object> answer(Seen call) {
        if (call.path.equals("/cgi-bin/gettoken")) {
            return ok(Map.of("access_token", "tok-" + tokens, "expires_in", 7_200));
        }
        if (!isCurrent(call.query)) return refused(40014, "invalid access_token");
        return switch (call.path) {
            case "/cgi-bin/kf/sync_msg" -> sync(call.json());
            case "/cgi-bin/kf/send_msg" -> kfSend(call.json());
            case "/cgi-bin/kf/send_msg_on_event" -> onEvent(call.json());
            case "/cgi-bin/kf/service_state/get" -> ok(Map.of("service_state", state(call.json())));
            case "/cgi-bin/kf/service_state/trans" -> trans(call.json());
            case "/cgi-bin/kf/account/list" ->
                ok(Map.of("account_list", List.of(Map.of("open_kfid", "wk1", "name", "客服"))));
            case "/cgi-bin/kf/customer/batchget" -> names(call.json());
            case "/cgi-bin/message/send" -> appSend(call.json());
            case "/cgi-bin/message/update_template_card", "/cgi-bin/agent/get" -> ok(Map.of());
            case "/cgi-bin/user/get" -> ok(Map.of("userid", call.query.get("userid"), "name", "张三"));
            case UPLOAD -> uploaded(call);
            case "/cgi-bin/media/get" -> refused(40007, "invalid media_id");
            default -> refused(404, "no such call");
        };
    }

    private Map<String, Object> sync(JsonObject asked) {
        var all = items.getOrDefault(asked.text("open_kfid", ""), List.of());
        var cursor = asked.text("cursor", "");
        var from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor.substring(1));
        var to = Math.min(all.size(), from + page);
        return ok(Map.of(
                "next_cursor", "c" + to, "has_more", to < all.size() ? 1 : 0, "msg_list", all.subList(from, to)));
    }

    private Map<String, Object> kfSend(JsonObject message) {
        if (state(message) > 1) return refused(95018, "send msg session status invalid");
        var id = message.text("msgid", "");
        if (!messageIds.add(id)) return refused(40058, "msgid repeated");
        show(message.text("touser", ""), message);
        return ok(Map.of("msgid", id));
    }

    private Map<String, Object> onEvent(JsonObject message) {
        show(message.text("code", ""), message);
        return ok(Map.of("msgid", "e1"));
    }

    private int state(JsonObject asked) {
        var customer =
                asked.text("external_userid").or(() -> asked.text("touser")).orElse("");
        return state(asked.text("open_kfid", ""), customer);
    }

    private Map<String, Object> trans(JsonObject asked) {
        var to = (int) asked.number("service_state", 0);
        if (to <= state(asked) && to != 3) return refused(95016, "transition not allowed");
        state(asked.text("open_kfid", ""), asked.text("external_userid", ""), to);
        return ok(Map.of());
    }

    private static Map<String, Object> names(JsonObject asked) {
        var told = asked.list("external_userid_list").stream()
                .map(id -> Map.<String, Object>of("external_userid", id, "nickname", "微信用户 " + id))
                .toList();
        return ok(Map.of("customer_list", told));
    }

    private Map<String, Object> appSend(JsonObject message) {
        var to = message.text("touser", "");
        if (invalidUser.contains(to)) return ok(Map.of("invaliduser", to, "msgid", "a0"));
        var isNew = contents.add(to
                + message.text("msgtype", "")
                + message.object(message.text("msgtype", "")).orElse(JsonObject.EMPTY));
        if (isNew || message.number("enable_duplicate_check", 0) == 0) show(to, message);
        return ok(Map.of("invaliduser", "", "msgid", "a1", "response_code", "r1"));
    }

    private Map<String, Object> uploaded(Seen call) {
        var id = "up-" + seen(UPLOAD).size();
        return ok(Map.of("type", call.query.get("type"), "media_id", id, "created_at", "1767225600"));
    }

    private void show(String to, JsonObject message) {
        var type = message.text("msgtype", "");
        var content = message.object(type).orElse(JsonObject.EMPTY);
        var text = switch (type) {
            case "text", "markdown" -> content.text("content", "");
            case "msgmenu", "template_card" -> words(content);
            default -> type + " " + content.text("media_id", "");
        };
        shown.computeIfAbsent(to, _ -> new ArrayList<>()).add(text);
    }

    /** All that can be read on a card or a menu, a line each. */
    private static String words(Object tree) {
        return switch (tree) {
            case JsonObject(var members) ->
                String.join(
                        "\n",
                        members.entrySet().stream()
                                .filter(one -> !Set.of("id", "key", "type", "card_type", "task_id")
                                        .contains(one.getKey()))
                                .map(one -> words(one.getValue()))
                                .filter(text -> !text.isEmpty())
                                .toList());
            case List<?> list ->
                String.join("\n", list.stream().map(PlayedWecom::words).toList());
            case String text -> text;
            default -> "";
        };
    }

    private static Map<String, Object> ok(Map<String, Object> more) {
        var answer = new HashMap<>(more);
        answer.put("errcode", 0);
        answer.put("errmsg", "ok");
        return answer;
    }

    private static Map<String, Object> refused(int code, String words) {
        return Map.of("errcode", code, "errmsg", words);
    }
}
