package io.kefuhub.core.rules;

import io.kefuhub.core.web.Words;
import java.util.Optional;

/**
 * Why something cannot be as it is wanted. Immutable.
 *
 * @param field the key of a rule, or what was taken for one
 * @param value what was wanted, as it was written
 * @param why a sentence that does not repeat the value
 */
public record RuleFlaw(String field, Optional<String> value, Words why) {
    private static final int LONGEST = 40;

    /** A sentence that names the field, and the value where there is one. */
    public Words words() {
        return value.map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…")
                .map(text -> new Words(
                        field + " cannot be \"" + text + "\". " + why.en(), field + " 不能设为“" + text + "”。" + why.zh()))
                .orElseGet(() -> new Words(field + ": " + why.en(), field + "：" + why.zh()));
    }
}
