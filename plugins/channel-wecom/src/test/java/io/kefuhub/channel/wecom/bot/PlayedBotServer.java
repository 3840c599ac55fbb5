package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** The platform's end of the long connection, with one live connection for its one bot. Safe for threads. */
final class PlayedBotServer implements AutoCloseable {
    static final String BOT = "aibTestBot01";
    static final String SECRET = "bot-secret-2026";
    private static final int EXPIRED = 846_608;
    private static final int UNKNOWN = 846_605;
    private static final int LONGEST_KEPT = 2 << 20;

    private final PlayedSocket socket = new PlayedSocket(this::opened);
    private final List<PlayedSocket.Peer> live = new ArrayList<>();
    private final Map<String, String> questions = new HashMap<>();
    private final Map<String, String> bubbles = new LinkedHashMap<>();
    private final Set<String> finished = new HashSet<>();
    private final List<JsonObject> sent = new ArrayList<>();
    private final List<JsonObject> replies = new ArrayList<>();
    private final List<Long> replyTimes = new ArrayList<>();
    private final List<JsonObject> welcomes = new ArrayList<>();
    private final Map<String, JsonObject> updates = new HashMap<>();
    private final Map<String, ByteArrayOutputStream> uploads = new HashMap<>();
    private final Map<String, JsonObject> inits = new HashMap<>();
    private int logins;
    private int pings;
    private int silent;
    private int underWay;
    private int mostUnderWay;
    private boolean deaf;
    private boolean slow;
    private boolean expired;
    private long refuseSends;
    private int refuseNextSend;
    private long brought;
    private boolean refuseCards;

    String address() {
        return "http://127.0.0.1:" + socket.port();
    }

    private PlayedSocket.Hearer opened(PlayedSocket.Peer peer) {
        return text -> hear(peer, Json.object(text).orElseThrow());
    }

    private synchronized void hear(PlayedSocket.Peer peer, JsonObject frame) {
        var id = frame.object("headers").orElseThrow().text("req_id", "");
        var body = frame.object("body").orElse(JsonObject.EMPTY);
        switch (frame.text("cmd", "")) {
            case "aibot_subscribe" -> subscribe(peer, id, body);
            case "ping" -> {
                pings++;
                if (!deaf) ack(peer, id, 0, Map.of());
            }
            case "aibot_respond_msg" -> respond(peer, id, body);
            case "aibot_respond_welcome_msg" -> {
                welcomes.add(body);
                ack(peer, id, 0, Map.of());
            }
            case "aibot_respond_update_msg" -> {
                updates.put(id, body);
                ack(peer, id, 0, Map.of());
            }
            case "aibot_send_msg" -> send(peer, id, body);
            case "aibot_upload_media_init" -> {
                var upload = "u" + inits.size();
                inits.put(upload, body);
                uploads.put(upload, new ByteArrayOutputStream());
                ack(peer, id, 0, Map.of("upload_id", upload));
            }
            case "aibot_upload_media_chunk" -> {
                take(upload(body.text("upload_id", "")), Base64.getDecoder().decode(body.text("base64_data", "")));
                ack(peer, id, 0, Map.of());
            }
            case "aibot_upload_media_finish" ->
                ack(peer, id, 0, Map.of("media_id", "media-" + body.text("upload_id", "")));
            default -> throw new AssertionError("no such command: " + frame.text("cmd", ""));
        }
        notifyAll();
    }

    /** Keeps what is not large. */
    private void take(ByteArrayOutputStream upload, byte[] piece) {
        brought += piece.length;
        if (upload.size() + piece.length <= LONGEST_KEPT) upload.writeBytes(piece);
    }

    private void subscribe(PlayedSocket.Peer peer, String id, JsonObject body) {
        logins++;
        var isRight =
                body.text("bot_id", "").equals(BOT) && body.text("secret", "").equals(SECRET);
        if (isRight) {
            for (var other : live) {
                other.send(Json.write(Map.of(
                        "cmd",
                        "aibot_event_callback",
                        "headers",
                        Map.of("req_id", "evict"),
                        "body",
                        Map.of(
                                "msgid",
                                "ev",
                                "msgtype",
                                "event",
                                "event",
                                Map.of("eventtype", "disconnected_event")))));
            }
            live.clear();
            live.add(peer);
        }
        ack(peer, id, isRight ? 0 : 853_000, Map.of());
    }

    private void respond(PlayedSocket.Peer peer, String id, JsonObject body) {
        var stream = body.object("stream").orElse(JsonObject.EMPTY);
        replies.add(stream);
        replyTimes.add(System.nanoTime());
        underWay++;
        mostUnderWay = Math.max(mostUnderWay, underWay);
        var chat = questions.get(id);
        var name = stream.text("id", "");
        var code = chat == null ? UNKNOWN : expired || finished.contains(name) ? EXPIRED : 0;
        if (code == 0) {
            bubbles.put(chat + " " + name, stream.text("content", ""));
            if (stream.flag("finish")) finished.add(name);
        }
        if (slow) {
            Thread.ofVirtual().start(() -> late(peer, id, code));
            return;
        }
        underWay--;
        if (!isSilent()) ack(peer, id, code, Map.of());
    }

    /** Answers when everybody else has had a turn. */
    private void late(PlayedSocket.Peer peer, String id, int code) {
        LockSupport.parkNanos(50_000_000);
        synchronized (this) {
            underWay--;
        }
        ack(peer, id, code, Map.of());
    }

    private void send(PlayedSocket.Peer peer, String id, JsonObject body) {
        if (refuseNextSend != 0) {
            ack(peer, id, refuseNextSend, Map.of());
            refuseNextSend = 0;
            return;
        }
        if (refuseSends != 0 || (refuseCards && body.has("template_card"))) {
            ack(peer, id, refuseSends == 0 ? 40_058 : (int) refuseSends, Map.of());
            return;
        }
        sent.add(body);
        var text = body.object("markdown")
                .map(one -> one.text("content", ""))
                .or(() -> body.object("template_card").map(Json::write))
                .orElse(body.text("msgtype", ""));
        bubbles.put(body.text("chatid", "") + " sent-" + sent.size(), text);
        if (!isSilent()) ack(peer, id, 0, Map.of());
    }

    private boolean isSilent() {
        if (silent == 0) return false;
        silent--;
        return true;
    }

    private static void ack(PlayedSocket.Peer peer, String id, int code, Map<String, Object> body) {
        peer.send(Json.write(Map.of(
                "headers", Map.of("req_id", id), "errcode", code, "errmsg", code == 0 ? "ok" : "no", "body", body)));
    }

    // What people do

    synchronized void says(String msgId, String user, String text) {
        tells(msgId, user, "text", Map.of("content", text));
    }

    synchronized void tells(String msgId, String user, String type, Map<String, Object> content) {
        questions.put("q-" + msgId, user);
        callback(
                type.equals("event") ? "aibot_event_callback" : "aibot_msg_callback",
                "q-" + msgId,
                Map.of(
                        "msgid",
                        msgId,
                        "aibotid",
                        BOT,
                        "chattype",
                        "single",
                        "from",
                        Map.of("userid", user),
                        "msgtype",
                        type,
                        type,
                        content));
    }

    private void callback(String command, String id, Map<String, Object> body) {
        raw(Json.write(Map.of("cmd", command, "headers", Map.of("req_id", id), "body", body)));
    }

    synchronized void raw(String frame) {
        live.getLast().send(frame);
    }

    synchronized void knows(String question, String user) {
        questions.put(question, user);
    }

    synchronized void forgetQuestions() {
        questions.clear();
    }

    /** Lets a connection break without a word. */
    synchronized void cut() {
        live.getLast().cut();
        live.clear();
    }

    /** Another program connects as the bot. */
    synchronized void evict() {
        var other = new PlayedSocket.Peer(new Socket());
        subscribe(
                other,
                "x",
                Json.object(Json.write(Map.of("bot_id", BOT, "secret", SECRET))).orElseThrow());
    }

    synchronized void silent(int answers) {
        silent = answers;
    }

    synchronized void deaf(boolean now) {
        deaf = now;
    }

    synchronized void slow() {
        slow = true;
    }

    synchronized void expire() {
        expired = true;
    }

    synchronized void refuseSends(long code) {
        refuseSends = code;
    }

    synchronized void refuseNextSend(int code) {
        refuseNextSend = code;
    }

    synchronized void refuseCards() {
        refuseCards = true;
    }

    // What is seen

    synchronized List<String> shown(String chat) {
        return bubbles.entrySet().stream()
                .filter(bubble -> bubble.getKey().startsWith(chat + " "))
                .map(Map.Entry::getValue)
                .toList();
    }

    synchronized List<JsonObject> replies() {
        return List.copyOf(replies);
    }

    synchronized List<Long> replyTimes() {
        return List.copyOf(replyTimes);
    }

    synchronized List<JsonObject> sent() {
        return List.copyOf(sent);
    }

    /** What cards became, by the frame of the press. */
    synchronized Map<String, JsonObject> updates() {
        return Map.copyOf(updates);
    }

    synchronized List<JsonObject> welcomes() {
        return List.copyOf(welcomes);
    }

    synchronized byte[] uploaded(String upload) {
        return upload(upload).toByteArray();
    }

    private ByteArrayOutputStream upload(String upload) {
        return Objects.requireNonNull(uploads.get(upload), upload);
    }

    synchronized JsonObject init(String upload) {
        return Objects.requireNonNull(inits.get(upload), upload);
    }

    /** How many bytes were uploaded so far. */
    synchronized long brought() {
        return brought;
    }

    synchronized int uploads() {
        return inits.size();
    }

    synchronized boolean isFinished(String stream) {
        return finished.contains(stream);
    }

    synchronized int logins() {
        return logins;
    }

    synchronized int pings() {
        return pings;
    }

    synchronized int mostUnderWay() {
        return mostUnderWay;
    }

    @Override
    public void close() {
        socket.close();
    }
}
