package io.kefuhub.filter.words.list;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a message with a listed word, from the mildest to the strongest. */
public enum Action {
    /** It goes on as it is and is tagged. */
    NOTE,
    /** The word is covered. */
    MASK,
    /** A person looks at the message first. */
    HOLD,
    /** The message goes no further. */
    BLOCK;

    static Optional<Action> of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "note", "记录", "仅记录" -> Optional.of(NOTE);
            case "mask", "打码", "替换" -> Optional.of(MASK);
            case "hold", "审核", "待审" -> Optional.of(HOLD);
            case "block", "拦截", "阻断" -> Optional.of(BLOCK);
            default -> Optional.empty();
        };
    }

    /** As lists write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
