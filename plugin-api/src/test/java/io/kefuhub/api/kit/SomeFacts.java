package io.kefuhub.api.kit;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Facts to test filters with. */
public final class SomeFacts {
    private SomeFacts() {}

    public static Facts of(Language language) {
        return new Facts("shop", "wk_demo", language, Map.of(), FakeClock.START.minus(Duration.ofDays(3)), List.of());
    }

    public static Facts english() {
        return of(Language.EN);
    }

    /** The same author wrote these within the last minute. */
    public static Facts after(String... recent) {
        var plain = english();
        return new Facts(plain.desk(), plain.channel(), plain.language(), Map.of(), plain.firstSeen(), List.of(recent));
    }
}
