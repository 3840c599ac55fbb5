package io.kefuhub.filter.privacy;

import io.kefuhub.filter.privacy.finding.Kind;
import io.kefuhub.filter.privacy.finding.Value;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What stands for personal data before a model: {@code [phone-1]} for the first number, wherever it is and however it is
 * written. Not safe for threads.
 */
final class StandIns {
    private final Collection<String> texts;
    private final Map<Value, String> known = new HashMap<>();
    private final Map<String, String> hidden = new HashMap<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    /** @param texts all that is told, in which nothing stands yet that looks the same */
    StandIns(Collection<String> texts) {
        this.texts = texts;
    }

    /** What was written last is what will be put back. */
    String of(Kind kind, String written) {
        var standIn = known.computeIfAbsent(Value.of(kind, written), value -> next(value.kind()));
        hidden.put(standIn, written);
        return standIn;
    }

    /** Whoever writes one of them himself keeps it. */
    private String next(Kind kind) {
        String standIn;
        do standIn = "[" + kind.key() + "-" + counts.merge(kind, 1, Integer::sum) + "]";
        while (isWritten(standIn));
        return standIn;
    }

    private boolean isWritten(String standIn) {
        for (var text : texts) {
            if (text.contains(standIn)) return true;
        }
        return false;
    }

    /** What was hidden, by what stands for it. */
    Map<String, String> hidden() {
        return hidden;
    }
}
