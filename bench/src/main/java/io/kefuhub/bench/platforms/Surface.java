package io.kefuhub.bench.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** One way into a simulated platform, and what is seen there of one question. Safe for threads. */
final class Surface {
    private final String name;
    private final Duration limit;
    private final String answer;
    private final Set<String> known = new HashSet<>();
    private final Set<String> before = new HashSet<>();
    private final Set<String> answers = new HashSet<>();
    private long asked;
    private long seen;
    private Duration slowest = Duration.ZERO;
    private String trouble = "";

    /**
     * @param limit how long the platform waits for its call to be answered
     * @param answer what an answer has in it
     */
    Surface(String name, Duration limit, String answer) {
        this.name = name;
        this.limit = limit;
        this.answer = answer;
    }

    String name() {
        return name;
    }

    /** Somebody asks now; what was said until now is not looked at any more. */
    synchronized void asked() {
        before.addAll(known);
        answers.clear();
        seen = 0;
        asked = System.nanoTime();
    }

    /** Takes what the simulator tells of this surface, just now. */
    synchronized void tell(JsonNode changes, long now) {
        for (var message : changes.path("messages")) {
            if (isHere(message)) see(message, now);
        }
        for (var call : changes.path("calls")) {
            if (isHere(call)) judge(call);
        }
    }

    private boolean isHere(JsonNode told) {
        return told.path("surface").asText().equals(name);
    }

    private void see(JsonNode message, long now) {
        var id = message.path("id").asText();
        known.add(id);
        if (before.contains(id) || !message.path("failed").asText().isEmpty()) return;
        var marked = !message.at("/aside/marks").isEmpty();
        var said = message.path("by").asText().equals("HUB");
        if ((marked || said) && seen == 0) seen = now;
        var text = message.path("text").asText() + message.at("/card/text").asText();
        if (said && !message.path("growing").asBoolean() && text.contains(answer)) {
            answers.add(id);
        }
    }

    private void judge(JsonNode call) {
        var what = call.path("what").asText();
        switch (call.path("way").asText()) {
            case "CALLBACK" -> {
                var took = Duration.ofMillis(call.path("millis").asLong());
                if (took.compareTo(slowest) > 0) slowest = took;
                if (call.path("status").asInt() != 200 || took.compareTo(limit) > 0) {
                    trouble = what + " was answered " + call.path("status").asInt() + " after " + took;
                }
            }
            case "NOTE" -> {
                if (what.startsWith("again in") || what.startsWith("given up")) trouble = what;
            }
            default -> {}
        }
    }

    /** What was wrong with how the platform was answered; empty when all was well. */
    synchronized String trouble() {
        return trouble;
    }

    synchronized Duration slowest() {
        return slowest;
    }

    synchronized Optional<Duration> seen() {
        return seen == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(seen - asked));
    }

    synchronized int answers() {
        return answers.size();
    }
}
