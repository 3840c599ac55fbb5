package io.kefuhub.simulators.wecom;

import io.kefuhub.simulators.BadInputException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Cards that may still be changed: each code once, within 72 hours. Safe for threads. */
final class AppCards {
    private static final Duration LIFE = Duration.ofHours(72);

    private final Clock clock;
    private final Map<String, Card> byMessage = new HashMap<>();
    private final Map<String, Code> codes = new HashMap<>();

    /** @param code with which it can be changed */
    record Card(String message, String task, String type, String code) {}

    private record Code(String message, Instant until) {}

    AppCards(Clock clock) {
        this.clock = clock;
    }

    /** Keeps a card that was sent; answers its first code. */
    synchronized String sent(String message, String task, String type) {
        var code = code(message);
        byMessage.put(message, new Card(message, task, type, code));
        return code;
    }

    /** A button of it was pressed, which gives a new code. */
    synchronized Card pressed(String message) {
        var card = byMessage.get(message);
        if (card == null) throw new BadInputException("no card is called " + message);
        return new Card(card.message, card.task, card.type, code(message));
    }

    /** Uses a code up; answers the message it changes. */
    synchronized String change(String value) throws Wrong {
        var code = codes.remove(value);
        if (code == null || code.until.isBefore(clock.instant())) {
            throw new Wrong(Wrong.PARAMETER, "response_code is invalid, used or expired");
        }
        return code.message;
    }

    synchronized void clear() {
        byMessage.clear();
        codes.clear();
    }

    private String code(String message) {
        var code = Letters.id("response-");
        codes.put(code, new Code(message, clock.instant().plus(LIFE)));
        return code;
    }
}
