package io.kefuhub.channel.feishu;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.WebSocketListener;

/** A server that answers as the platform's documents say, and keeps what it was asked. Safe for threads. */
final class PlayedPlatform implements AutoCloseable {
    static final String APP = "cli_a1b2c3d4e5f60718";
    static final String SECRET = "app-secret-2026";
    static final String BOT = "ou_bot0000000000000000000000000000";

    private static final long LONGEST_KEPT = 1 << 20;

    private final MockWebServer server = new MockWebServer();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Map<String, String> byUuid = new HashMap<>();
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, String> cardTexts = new HashMap<>();
    private final Map<String, JsonObject> items = new HashMap<>();
    private final Map<String, MockResponse> resources = new HashMap<>();
    private Optional<MockResponse> endpoint = Optional.empty();
    private String endpointConfig =
            "\"ReconnectCount\":-1,\"ReconnectInterval\":1,\"ReconnectNonce\":0,\"PingInterval\":120";
    private Optional<WebSocketListener> socket = Optional.empty();
    private JsonObject user = new JsonObject(Map.of("name", "张三", "email", "zhang@example.com"));
    private String bot = "{\"activate_status\":2,\"app_name\":\"客服\",\"open_id\":\"" + BOT + "\"}";
    private final AtomicLong brought = new AtomicLong();
    private int tokens;
    private int counter;
    private String validToken = "";
    private long expire = 7200;

    /** A call that came. */
    record Call(String method, String path, String text) {
        JsonObject body() {
            return Json.object(text).orElse(JsonObject.EMPTY);
        }
    }

    /** A message that a chat shows. */
    record Message(String id, String chat, String below, String type, JsonObject content) {}

    private record Fault(Predicate<Call> of, boolean taken, MockResponse answer) {}

    PlayedPlatform() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                var body = request.getBody();
                if (String.valueOf(request.getTarget()).matches("/open-apis/im/v1/(files|images)")) {
                    brought.addAndGet(request.getBodySize());
                }
                var multipart =
                        String.valueOf(request.getHeaders().get("Content-Type")).startsWith("multipart");
                var text = body == null ? "" : multipart ? body.string(StandardCharsets.ISO_8859_1) : body.utf8();
                return answer(
                        new Call(String.valueOf(request.getMethod()), String.valueOf(request.getTarget()), text),
                        String.valueOf(request.getHeaders().get("Authorization")));
            }
        });
        server.setBodyLimit(LONGEST_KEPT);
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getPort();
    }

    // What a test plays

    /** Answers the next call of that kind with an error, without doing what it asks. */
    synchronized void refuse(String method, String path, int status, long code, String message) {
        refuse(method, path, answerOf(status, Json.write(Map.of("code", code, "msg", message))));
    }

    synchronized void refuse(String method, String path, MockResponse answer) {
        faults.add(new Fault(call -> call.method.equals(method) && call.path.startsWith(path), false, answer));
    }

    /** Takes the next message and closes the connection before a word of the answer. */
    synchronized void loseNextAnswer() {
        faults.add(new Fault(
                call -> call.method.equals("POST") && call.path.startsWith("/open-apis/im/v1/messages"),
                true,
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                        .build()));
    }

    /** Takes no token that it gave before. */
    synchronized void revoke() {
        validToken = "";
    }

    synchronized void expire(long seconds) {
        expire = seconds;
    }

    synchronized void user(JsonObject changed) {
        user = changed;
    }

    synchronized void bot(String json) {
        bot = json;
    }

    synchronized void item(String id, JsonObject item) {
        items.put(id, item);
    }

    synchronized void resource(String key, MockResponse answer) {
        resources.put(key, answer);
    }

    /** Answers the question for the long connection's address this way. */
    synchronized void endpoint(int status, String json) {
        endpoint = Optional.of(answerOf(status, json));
    }

    synchronized void endpointConfig(String members) {
        endpointConfig = members;
    }

    synchronized void socket(WebSocketListener listener) {
        socket = Optional.of(listener);
    }

    synchronized void raise(String card, long sequence) {
        sequences.put(card, sequence);
    }

    // What a test sees

    List<Call> calls(String method, String path) {
        return calls.stream()
                .filter(call -> call.method.equals(method) && call.path.startsWith(path))
                .toList();
    }

    synchronized List<Message> messages(String chat) {
        return messages.values().stream().filter(one -> one.chat.equals(chat)).toList();
    }

    /** The words that a chat shows. */
    synchronized List<String> shown(String chat) {
        return messages(chat).stream().map(this::words).toList();
    }

    /** The newest message. */
    synchronized String last() {
        return List.copyOf(messages.keySet()).getLast();
    }

    synchronized JsonObject lastContent() {
        return List.copyOf(messages.values()).getLast().content;
    }

    synchronized int tokens() {
        return tokens;
    }

    /** How many bytes of files were uploaded so far. */
    long brought() {
        return brought.get();
    }

    private String words(Message message) {
        if (message.type.equals("interactive")
                && message.content.text("type", "").equals("card")) {
            var id = message.content.object("data").orElseThrow().text("card_id", "");
            return cardTexts.getOrDefault(id, "");
        }
        var lines = new ArrayList<String>();
        gather(message.content, lines);
        return unescaped(String.join("\n", lines));
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static void gather(Object value, List<String> lines) {
        if (value instanceof JsonObject object) {
            object.members().forEach((name, member) -> {
                if (member instanceof String text && List.of("text", "content").contains(name)) lines.add(text);
                else if (!(member instanceof String)) gather(member, lines);
                else if (name.endsWith("_key")) lines.add(text(member));
            });
        } else if (value instanceof List<?> list) {
            list.forEach(one -> gather(one, lines));
        }
    }

    private static String text(Object value) {
        return "[" + value + "]";
    }

    // How it answers

    private synchronized MockResponse answer(Call call, String authorization) {
        calls.add(call);
        for (var fault : faults) {
            if (!fault.of.test(call)) continue;
            faults.remove(fault);
            if (fault.taken) done(call);
            return fault.answer;
        }
        if (call.path.equals("/ws?device_id=1&service_id=33554678&access_key=k") && socket.isPresent()) {
            return new MockResponse.Builder().webSocketUpgrade(socket.get()).build();
        }
        if (call.path.equals("/callback/ws/endpoint")) return endpoint.orElseGet(this::usualEndpoint);
        if (call.path.endsWith("/tenant_access_token/internal")) return token(call);
        if (!authorization.equals("Bearer " + validToken)) {
            return answerOf(400, "{\"code\":99991663,\"msg\":\"Invalid access token\"}");
        }
        return done(call);
    }

    private MockResponse usualEndpoint() {
        var url = "ws://localhost:" + server.getPort() + "/ws?device_id=1&service_id=33554678&access_key=k";
        return answerOf(
                200,
                "{\"code\":0,\"msg\":\"\",\"data\":{\"URL\":\"" + url + "\",\"ClientConfig\":{" + endpointConfig
                        + "}}}");
    }

    private MockResponse token(Call call) {
        if (!call.body().text("app_id", "").equals(APP))
            return answerOf(200, "{\"code\":10003,\"msg\":\"invalid param\"}");
        if (!call.body().text("app_secret", "").equals(SECRET)) {
            return answerOf(200, "{\"code\":10014,\"msg\":\"app secret invalid\"}");
        }
        validToken = "t-" + ++tokens;
        return answerOf(
                200,
                "{\"code\":0,\"msg\":\"ok\",\"tenant_access_token\":\"" + validToken + "\",\"expire\":" + expire + "}");
    }

    private MockResponse done(Call call) {
        var path = call.path.replaceFirst("^/open-apis", "").replaceFirst("\\?.*", "");
        var steps = path.split("/");
        if (path.equals("/bot/v3/info")) return answerOf(200, "{\"code\":0,\"msg\":\"ok\",\"bot\":" + bot + "}");
        if (path.startsWith("/contact/v3/users/")) return data(Map.of("user", user));
        if (path.equals("/im/v1/images")) return data(Map.of("image_key", "img_" + ++counter));
        if (path.equals("/im/v1/files")) return data(Map.of("file_key", "file_" + ++counter));
        if (path.endsWith("/reactions")) return data(Map.of("reaction_id", "r_" + ++counter));
        if (path.contains("/resources/")) {
            return resources.getOrDefault(
                    steps[steps.length - 1], answerOf(404, "{\"code\":234003,\"msg\":\"File not in message.\"}"));
        }
        if (path.startsWith("/cardkit/v1/cards")) return card(call, steps);
        if (path.startsWith("/im/v1/messages")) return message(call, steps);
        return answerOf(404, "{\"code\":404,\"msg\":\"no such path\"}");
    }

    private MockResponse message(Call call, String[] steps) {
        if (call.method.equals("DELETE")) {
            messages.remove(steps[4]);
            return data(Map.of());
        }
        if (call.method.equals("GET")) {
            var item = Optional.ofNullable(items.get(steps[4]));
            return item.map(one -> data(Map.of("items", one.list("items"))))
                    .orElseGet(() -> answerOf(400, "{\"code\":230110,\"msg\":\"deleted\"}"));
        }
        var body = call.body();
        var uuid = body.text("uuid", "");
        var earlier = byUuid.get(uuid);
        if (earlier != null) return data(Map.of("message_id", earlier));
        var below = steps.length > 4 ? steps[4] : "";
        var chat = body.text("receive_id", "");
        var id = "om_bot_" + ++counter;
        var content = Json.object(body.text("content", "")).orElse(JsonObject.EMPTY);
        messages.put(
                id,
                new Message(id, below.isEmpty() ? chat : "below " + below, below, body.text("msg_type", ""), content));
        byUuid.put(uuid, id);
        return data(Map.of("message_id", id));
    }

    private MockResponse card(Call call, String[] steps) {
        if (call.method.equals("POST")) {
            var id = "card_" + ++counter;
            var card = Json.object(call.body().text("data", "")).orElse(JsonObject.EMPTY);
            sequences.put(id, 1L);
            cardTexts.put(id, text(card));
            return data(Map.of("card_id", id));
        }
        var id = steps[4];
        var sequence = call.body().number("sequence", 0);
        if (sequence <= sequences.getOrDefault(id, 0L)) {
            return answerOf(400, "{\"code\":300317,\"msg\":\"sequence number compare failed\"}");
        }
        sequences.put(id, sequence);
        if (steps.length == 5) {
            var data = call.body().object("card").orElse(JsonObject.EMPTY).text("data", "");
            cardTexts.put(id, text(Json.object(data).orElse(JsonObject.EMPTY)));
        }
        if (call.path.endsWith("/content"))
            cardTexts.put(id, unescaped(call.body().text("content", "")));
        return data(Map.of());
    }

    private static String text(JsonObject card) {
        return unescaped(card.object("body")
                .map(body -> body.objects("elements").getFirst().text("content", ""))
                .orElse(""));
    }

    private static MockResponse data(Map<String, ?> data) {
        return answerOf(200, Json.write(Map.of("code", 0, "msg", "success", "data", data)));
    }

    static MockResponse answerOf(int status, String json) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json; charset=utf-8")
                .body(json)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
