package io.kefuhub.core.rules;

import io.kefuhub.core.web.Words;
import java.util.Optional;

/**
 * One number by which the hub answers. Immutable.
 *
 * @param key the name of its group, a dot, its own name
 * @param usual what it is where nobody has said otherwise
 * @param least that it may be
 * @param most that it may be
 * @param meaning what it decides
 */
public record Rule(String key, Unit unit, long usual, long least, long most, Words meaning) {
    private static final Words OUTSIDE = new Words("From %s to %s is allowed.", "允许的范围是 %s 到 %s。");
    private static final Words UNREADABLE =
            new Words("Expected is %s; from %s to %s is allowed.", "应填写%s；允许的范围是 %s 到 %s。");

    public Rule {
        if (!key.matches("[a-z]+\\.[a-zA-Z]+")) throw new IllegalArgumentException(key);
        if (least > usual || usual > most) throw new IllegalArgumentException(key + " is not usually what it may be");
    }

    /** Its name within its group. */
    public String name() {
        return key.substring(key.indexOf('.') + 1);
    }

    /** A value of it as it is written. */
    public String write(long value) {
        return unit.write(value);
    }

    /** What somebody wrote of it, or why that cannot be. */
    Written read(String text) {
        var value = unit.read(text.strip());
        if (value.isEmpty()) {
            var expected = unit.expected();
            return unfit(
                    text,
                    new Words(
                            UNREADABLE.en().formatted(expected.en(), write(least), write(most)),
                            UNREADABLE.zh().formatted(expected.zh(), write(least), write(most))));
        }
        if (value.getAsLong() < least || value.getAsLong() > most) {
            return unfit(text, OUTSIDE.with(write(least), write(most)));
        }
        return new Written.Fit(value.getAsLong());
    }

    private Written unfit(String text, Words why) {
        return new Written.Unfit(new RuleFlaw(key, Optional.of(text), why));
    }

    /** What was written of a rule. */
    sealed interface Written {
        record Fit(long value) implements Written {}

        record Unfit(RuleFlaw flaw) implements Written {}
    }
}
