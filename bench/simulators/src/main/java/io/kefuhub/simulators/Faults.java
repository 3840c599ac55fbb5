package io.kefuhub.simulators;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults that a platform knows, and which of them are switched on. Safe for threads. */
public final class Faults {
    public static final String EXPIRED_TOKEN = "expired-token";
    public static final String RATE_LIMIT = "rate-limit";
    public static final String SERVER_ERROR = "server-error";
    public static final String HTML = "html";
    public static final String SLOW = "slow";
    public static final String CUT = "cut";
    public static final String CUT_AFTER = "cut-after";
    public static final String BAD_SIGNATURE = "bad-signature";
    public static final String STALE = "stale";
    public static final String REPLAY = "replay";
    public static final String FOREIGN = "foreign-receiver";
    public static final String PLAIN = "plain";

    private static final List<FaultKind> EVERYWHERE = List.of(
            answers(EXPIRED_TOKEN, "Token expired", "令牌已失效"),
            answers(RATE_LIMIT, "Too many calls", "调用过于频繁"),
            answers(SERVER_ERROR, "Error 503", "503 错误"),
            answers(HTML, "A web page instead of JSON", "返回网页而不是 JSON"),
            answers(SLOW, "Slow answers", "响应缓慢"),
            answers(CUT, "Cut off before it is done", "处理前断开连接"),
            answers(CUT_AFTER, "Done, but the answer is cut off", "已处理但响应中断"),
            callbacks(BAD_SIGNATURE, "Wrong signature", "签名错误"),
            callbacks(STALE, "Signed two hours ago", "两小时前的签名"),
            callbacks(REPLAY, "Sent again a second later", "一秒后原样重放"),
            callbacks(FOREIGN, "Meant for somebody else", "接收方不符"),
            callbacks(PLAIN, "Not encrypted", "未加密"));

    private final Changes changes;
    private final Map<String, FaultKind> kinds = new LinkedHashMap<>();
    private final Map<String, On> on = new LinkedHashMap<>();

    /**
     * A fault that is switched on.
     *
     * @param times how often it strikes before it goes off by itself; 0 for any number
     * @param only a part of the paths (or events) it strikes; empty for all
     * @param length how long what is slow takes
     */
    public record On(int times, String only, Duration length) {
        public static final Duration USUAL = Duration.ofSeconds(10);

        public On {
            if (times < 0) throw new BadInputException("times must be 0 or more");
            if (length.isNegative() || length.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new BadInputException("seconds must lie between 0 and 600");
            }
        }
    }

    Faults(Changes changes) {
        this.changes = changes;
        EVERYWHERE.forEach(kind -> kinds.put(kind.name(), kind));
    }

    public static FaultKind answers(String name, String en, String zh) {
        return new FaultKind(name, FaultKind.Side.ANSWERS, new Words(en, zh));
    }

    public static FaultKind callbacks(String name, String en, String zh) {
        return new FaultKind(name, FaultKind.Side.CALLBACKS, new Words(en, zh));
    }

    /** Adds what only this platform knows, and drops what it has no place for. */
    void know(List<FaultKind> own, List<String> without) {
        own.forEach(kind -> kinds.put(kind.name(), kind));
        without.forEach(kinds::remove);
    }

    public List<FaultKind> kinds() {
        return List.copyOf(kinds.values());
    }

    public void turnOn(String name, On how) {
        if (!kinds.containsKey(name)) {
            throw new BadInputException(
                    "there is no fault " + name + "; there are " + String.join(", ", kinds.keySet()));
        }
        changes.record(_ -> on.put(name, how));
    }

    public void turnOff(String name) {
        changes.record(_ -> on.remove(name));
    }

    public void clear() {
        changes.record(_ -> on.clear());
    }

    public Map<String, On> on() {
        synchronized (changes) {
            return new LinkedHashMap<>(on);
        }
    }

    /** Whether this fault strikes here; one that strikes a number of times has then struck once more. */
    public boolean strikes(String name, String where) {
        return strike(name, where).isPresent();
    }

    public Optional<On> strike(String name, String where) {
        synchronized (changes) {
            var how = on.get(name);
            if (how == null || !where.contains(how.only)) return Optional.empty();
            if (how.times == 1) {
                turnOff(name);
            } else if (how.times > 1) {
                turnOn(name, new On(how.times - 1, how.only, how.length));
            }
            return Optional.of(how);
        }
    }

    /** The faults of this side that would strike here. */
    List<String> near(FaultKind.Side side, String where) {
        var found = new ArrayList<String>();
        synchronized (changes) {
            on.forEach((name, how) -> {
                var kind = kinds.get(name);
                if (kind != null && kind.side() == side && where.contains(how.only)) found.add(name);
            });
        }
        return found;
    }
}
