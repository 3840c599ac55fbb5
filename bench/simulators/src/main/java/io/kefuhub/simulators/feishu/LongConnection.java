package io.kefuhub.simulators.feishu;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Faults;
import io.kefuhub.simulators.Journal.Way;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Routes.Opening;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.SocketSide;
import io.kefuhub.simulators.Words;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Events down the lines that hubs opened: each goes to one of them, and again when it is not acknowledged within three
 * seconds. Safe for threads.
 */
final class LongConnection implements Road {
    private static final Words OPEN = new Words("a line is open; now %s", "连接已建立，现有 %s 条");
    private static final Words CLOSED = new Words("a line is closed; now %s", "连接已断开，现有 %s 条");
    private static final Words UNREADABLE = new Words("a frame that cannot be read: %s", "无法读取的帧：%s");
    private static final Words NOT_BINARY =
            new Words("a frame of text, where only binary ones may come", "收到文本帧，只接受二进制帧");
    private static final Words UNASKED = new Words("an acknowledgement nobody waits for", "多余的确认");

    static final String PATH = "/callback/ws/connect";
    static final int MOST_LINES = 50;

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration TICKET_LIFE = Duration.ofMinutes(2);

    private final Scene scene;
    private final String surface;
    private final Supplier<App> app;
    private final Ids ids;
    private final Ladder ladder;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Random random = new Random();
    private volatile ClientConfig config = new ClientConfig(-1, 120, 30, 120);

    private record Ticket(int service, Instant expires) {}

    /** How clients are told to behave, in seconds; a count of -1 has no end. */
    record ClientConfig(int reconnectCount, int reconnectInterval, int reconnectNonce, int pingInterval) {
        ObjectNode told() {
            return Json.object()
                    .put("ReconnectCount", reconnectCount)
                    .put("ReconnectInterval", reconnectInterval)
                    .put("ReconnectNonce", reconnectNonce)
                    .put("PingInterval", pingInterval);
        }
    }

    LongConnection(Scene scene, String surface, Supplier<App> app, Ids ids) {
        this.scene = scene;
        this.surface = surface;
        this.app = app;
        this.ids = ids;
        this.ladder = new Ladder(scene.time, scene.journal, surface);
    }

    /** Tells later pongs and endpoints. */
    void configure(ClientConfig next) {
        config = next;
    }

    ClientConfig config() {
        return config;
    }

    /** Where a client may open its line, once and soon. */
    Answer endpoint(Call call) {
        var asked = call.json();
        var own = app.get();
        if (!asked.path("AppID").asText().equals(own.id())) return refused(403, "app_id is invalid");
        if (!asked.path("AppSecret").asText().equals(own.secret())) return refused(514, "authentication failed");
        if (lines.size() >= MOST_LINES) return refused(1000040350, "the number of connections exceeded the limit");
        var ticket = ids.hex(32);
        var service = 33_554_000 + random.nextInt(1000);
        tickets.put(ticket, new Ticket(service, scene.time.instant().plus(TICKET_LIFE)));
        var host = call.header("Host").isEmpty() ? scene.address().getAuthority() : call.header("Host");
        var answer = Json.object().put("code", 0).put("msg", "");
        var data = answer.putObject("data");
        data.put(
                "URL",
                "ws://" + host + PATH + "?fpid=493&aid=552564&device_id=" + ids.hex(16) + "&access_key=" + ids.hex(32)
                        + "&service_id=" + service + "&ticket=" + ticket);
        data.set("ClientConfig", config.told());
        return Answer.json(answer);
    }

    boolean issued(String ticket) {
        return tickets.containsKey(ticket);
    }

    Opening open(Call call) {
        var ticket = tickets.remove(call.query("ticket"));
        if (ticket == null || scene.time.instant().isAfter(ticket.expires())) return unwelcome();
        return new Opening.Opened(new Line(ticket.service()));
    }

    static Opening unwelcome() {
        return new Opening.Refused(Answer.text(400, "text/plain", "invalid ticket")
                .withHeader("Handshake-Status", "514")
                .withHeader("Handshake-Msg", "invalid ticket")
                .withHeader("Handshake-Autherrcode", "1000040344"));
    }

    static Answer refused(int code, String words) {
        return Answer.json(Json.object().put("code", code).put("msg", words));
    }

    int open() {
        return lines.size();
    }

    /** All lines end without a word. */
    void cut() {
        lines.forEach(line -> line.way.cut());
    }

    @Override
    public void close() {
        cut();
        tickets.clear();
    }

    @Override
    public void carry(String lane, ObjectNode event) {
        var what = Events.type(event);
        ladder.deliver(lane, what, repeat -> attempt(event, what, repeat));
    }

    @Override
    public Optional<JsonNode> ask(ObjectNode callback) {
        var line = anyLine();
        if (line.isEmpty()) return Optional.empty();
        return send(line.get(), callback, Events.type(callback))
                .flatMap(Acknowledgement::read)
                .filter(Acknowledgement::good)
                .map(Acknowledgement::data);
    }

    private Ladder.Outcome attempt(ObjectNode event, String what, int repeat) {
        var line = anyLine();
        if (line.isEmpty()) return Ladder.Outcome.missed("nobody is connected");
        var told = scene.faults.strikes(Faults.FOREIGN, what) ? foreign(event) : event;
        var answered = send(line.get(), told, repeat == 0 ? what : what + " #" + (repeat + 1));
        if (answered.isEmpty()) return Ladder.Outcome.missed("not acknowledged within three seconds");
        var acknowledged = answered.flatMap(Acknowledgement::read);
        if (acknowledged.isEmpty()) return Ladder.Outcome.missed("the acknowledgement is no JSON with a code");
        if (!acknowledged.get().good())
            return Ladder.Outcome.missed("code " + acknowledged.get().code());
        if (scene.faults.strikes(Faults.REPLAY, what)) {
            scene.time.after(Duration.ofSeconds(1), () -> anyLine().ifPresent(other -> send(other, told, what)));
        }
        return Ladder.Outcome.TAKEN;
    }

    private static ObjectNode foreign(ObjectNode event) {
        var copy = event.deepCopy();
        copy.withObject("/header").put("app_id", "cli_ffffffffffffffff");
        return copy;
    }

    private Optional<Frame> send(Line line, ObjectNode told, String what) {
        var message = new Parts(ids.hex(32), ids.hex(32), line.service, numbers.incrementAndGet());
        var answer = line.expect(message.id());
        var pieces = message.cut(told, scene.faults, what);
        for (var piece : pieces) {
            scene.journal.frame(
                    Way.FRAME_OUT,
                    surface,
                    what + " " + (piece.header("seq") + "/" + piece.header("sum")),
                    told.toString());
            line.way.send(ByteBuffer.wrap(piece.encoded()));
        }
        if (scene.faults.strikes(Parts.CUT_AFTER_EVENT, what)) line.way.cut();
        return line.await(message.id(), answer, LIMIT);
    }

    private Optional<Line> anyLine() {
        var all = List.copyOf(lines);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    /** One line; frames come in one after another. */
    private final class Line implements SocketSide {
        private final int service;
        private final Acknowledgements waiting = new Acknowledgements();
        private SocketSide.Line way = new Nowhere();

        Line(int service) {
            this.service = service;
        }

        @Override
        public void opened(SocketSide.Line opened) {
            way = opened;
            lines.add(this);
            scene.journal.note(surface, OPEN, lines.size());
        }

        @Override
        public void binary(ByteBuffer bytes) {
            var wire = new byte[bytes.remaining()];
            bytes.get(wire);
            try {
                frame(Frame.decoded(wire));
            } catch (IllegalArgumentException e) {
                scene.journal.note(surface, UNREADABLE, String.valueOf(e.getMessage()));
                way.close(1007, "invalid frame");
            }
        }

        @Override
        public void text(String frame) {
            scene.journal.note(surface, NOT_BINARY);
            way.close(1003, "binary frames only");
        }

        @Override
        public void closed() {
            lines.remove(this);
            waiting.end();
            scene.journal.note(surface, CLOSED, lines.size());
        }

        private void frame(Frame frame) {
            var payload = new String(frame.payload(), UTF_8);
            scene.journal.frame(Way.FRAME_IN, surface, frame.type(), payload);
            if (frame.method() == Frame.DATA) {
                if (!waiting.arrived(frame)) scene.journal.note(surface, UNASKED);
            } else if (frame.type().equals("ping") && !scene.faults.strikes(Parts.NO_PONG, "ping")) {
                var pong =
                        Frame.control(service, "pong", config.told().toString().getBytes(UTF_8));
                way.send(ByteBuffer.wrap(pong.encoded()));
            }
        }

        CompletableFuture<Frame> expect(String message) {
            return waiting.expect(message);
        }

        Optional<Frame> await(String message, CompletableFuture<Frame> answer, Duration limit) {
            return waiting.await(message, answer, limit);
        }
    }

    /** Before a line is open. */
    private static final class Nowhere implements SocketSide.Line {
        @Override
        public void send(String frame) {}

        @Override
        public void send(ByteBuffer frame) {}

        @Override
        public void close(int code, String reason) {}

        @Override
        public void cut() {}
    }
}
