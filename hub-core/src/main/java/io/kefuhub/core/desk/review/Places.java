package io.kefuhub.core.desk.review;

import io.kefuhub.core.conversation.Holds;
import io.kefuhub.core.web.Problem;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Where pages of the review queue end, as callers are handed it. */
final class Places {
    private Places() {}

    static String text(Holds.Place place) {
        var plain = place.time() + " " + place.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    static Holds.Place read(String text) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
            if (parts.length == 2) return new Holds.Place(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | DateTimeException e) {
            // refused below
        }
        throw Problem.invalid("after", "Take it from `next` of the page before.", "请使用上一页的 next。");
    }
}
