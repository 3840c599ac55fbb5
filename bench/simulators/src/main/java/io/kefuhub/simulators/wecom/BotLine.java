package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Faults;
import io.kefuhub.simulators.Journal.Way;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.SocketSide;
import io.kefuhub.simulators.Words;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line that a hub opened: signs it in, acknowledges every frame, and hangs up when nothing is heard. */
final class BotLine implements SocketSide {
    static final Duration SILENCE = Duration.ofSeconds(90);

    private static final Duration LOOK = Duration.ofSeconds(30);

    private final Scene scene;
    private final BotSocket bot;
    private final BotRequests requests;
    private volatile @Nullable Line line;
    private volatile boolean signedIn;
    private volatile long heard = System.nanoTime();

    BotLine(Scene scene, BotSocket bot, BotRequests requests) {
        this.scene = scene;
        this.bot = bot;
        this.requests = requests;
    }

    @Override
    public void opened(Line opened) {
        line = opened;
        scene.time.after(LOOK, this::look);
    }

    @Override
    public void text(String text) {
        heard = System.nanoTime();
        var frame = BotSocket.read(text);
        var command = frame.path("cmd").asText();
        BotSocket.note(scene, Way.FRAME_IN, command, text);
        if (scene.faults.strikes(Faults.CUT, command)) {
            cut();
            return;
        }
        var answer = answered(command, frame);
        if (scene.faults.strikes(Faults.CUT_AFTER, command)) {
            cut();
            return;
        }
        answer.putObject("headers")
                .put("req_id", frame.path("headers").path("req_id").asText());
        var slow = scene.faults.strike(Faults.SLOW, command);
        if (slow.isPresent()) {
            scene.time.after(slow.get().length(), () -> send("ack", answer.toString()));
        } else {
            send("ack", answer.toString());
        }
    }

    @Override
    public void closed() {
        line = null;
        bot.closed(this);
    }

    void send(String what, String frame) {
        var open = line;
        if (open == null) return;
        BotSocket.note(scene, Way.FRAME_OUT, what, frame);
        open.send(frame);
    }

    /** Somebody else has signed in. */
    void evict() {
        signedIn = false;
        var body = Json.object()
                .put("msgid", Letters.id("CAIQ"))
                .put("create_time", scene.time.seconds())
                .put("aibotid", Corp.BOT)
                .put("msgtype", "event");
        body.putObject("event").put("eventtype", "disconnected_event");
        send(
                "aibot_event_callback",
                BotSocket.frame("aibot_event_callback", Letters.id("req-"), body)
                        .toString());
        var open = line;
        if (open != null) open.close(1000, "replaced");
    }

    void cut() {
        var open = line;
        if (open != null) open.cut();
    }

    private void look() {
        if (line == null) return;
        // By our clock: when the simulated one is moved on, nobody could have spoken meanwhile.
        if (System.nanoTime() - heard > SILENCE.toNanos()) {
            scene.journal.note(
                    BotSocket.SURFACE, new Words("nothing was heard for 90 seconds; hung up", "90 秒没有心跳，已断开"));
            cut();
        } else {
            scene.time.after(LOOK, this::look);
        }
    }

    private ObjectNode answered(String command, JsonNode frame) {
        try {
            for (var fault : Map.of(Faults.RATE_LIMIT, Wrong.TOO_OFTEN, WeCom.BUSY, Wrong.BUSY)
                    .entrySet()) {
                if (!command.equals("ping") && scene.faults.strikes(fault.getKey(), command)) {
                    throw new Wrong(fault.getValue(), fault.getKey());
                }
            }
            return switch (command) {
                case "ping" -> Wrong.ok();
                case "aibot_subscribe" -> signIn(frame.path("body"));
                default -> {
                    if (!signedIn) throw new Wrong(Wrong.BOT_LOGIN, "not subscribed");
                    yield requests.answer(command, frame);
                }
            };
        } catch (Wrong wrong) {
            return Wrong.json(wrong.code, String.valueOf(wrong.getMessage()));
        }
    }

    private ObjectNode signIn(JsonNode body) throws Wrong {
        if (!body.path("bot_id").asText().equals(Corp.BOT)
                || !body.path("secret").asText().equals(Corp.BOT_SECRET)) {
            throw new Wrong(Wrong.BOT_LOGIN, "invalid bot_id or secret");
        }
        signedIn = true;
        bot.signedIn(this);
        return Wrong.ok();
    }
}
