package io.kefuhub.core.answering.knowledge;

import java.util.Locale;
import java.util.Optional;

/** Which customers an entry may be told. */
public enum Audience {
    ALL,
    /** Who nobody vouches for. */
    ANONYMOUS,
    /** Who the platform or the site's own server vouches for. */
    SIGNED_IN;

    /** As files, the database and the API spell it: {@code all}, {@code anonymous}, {@code signed-in}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Audience> of(String code) {
        var bare = code.strip().toLowerCase(Locale.ROOT);
        for (var audience : values()) {
            if (audience.code().equals(bare)) return Optional.of(audience);
        }
        return Optional.empty();
    }

    boolean covers(boolean signedIn) {
        return this == ALL || signedIn == (this == SIGNED_IN);
    }
}
