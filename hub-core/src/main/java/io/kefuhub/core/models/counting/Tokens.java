package io.kefuhub.core.models.counting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts the tokens of texts as o200k does. Safe for threads.
 *
 * <p>Each text is counted once and remembered. The table is read when something is first counted, which takes a second in
 * the background; until then counts are guesses on the high side, which are not remembered.
 */
public final class Tokens {
    /** Runs of one sign take time that grows with the square of their length. */
    private static final int PIECE = 4_000;

    private static final int REMEMBERED_CHARACTERS = 16_000_000;

    private final Cache<String, Integer> counted = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_CHARACTERS)
            .weigher((String text, Integer _) -> text.length() + 50)
            .build();
    private final CompletableFuture<Encoding> table = new CompletableFuture<>();

    private final AtomicBoolean reading = new AtomicBoolean();

    /** A hub that asks no model starts without the table. */
    private void read() {
        if (reading.get() || !reading.compareAndSet(false, true)) return;
        Thread.ofPlatform().name("tokens").daemon().start(() -> {
            try {
                var encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
                // What is loaded only when first asked.
                encoding.countTokensOrdinary("warm 热身");
                table.complete(encoding);
            } catch (RuntimeException e) {
                table.completeExceptionally(e);
            }
        });
    }

    /** Completes when counts are exact. */
    public CompletableFuture<Void> ready() {
        read();
        return table.thenAccept(_ -> {});
    }

    boolean isReady() {
        return table.isDone() && !table.isCompletedExceptionally();
    }

    public int count(String text) {
        if (text.isEmpty()) return 0;
        if (isReady()) {
            return counted.get(text, whole -> exact(table.join(), whole));
        }
        read();
        return guess(text);
    }

    /**
     * The longest beginning of a text that has at most so many tokens.
     *
     * @param most zero or less leaves nothing
     */
    public String beginning(String text, int most) {
        if (most <= 0) return "";
        var part = text;
        var tokens = count(part);
        while (tokens > most) {
            part = upTo(part, Math.min(part.length() - 1, (int) (part.length() * 0.98 * most / tokens)));
            tokens = count(part);
        }
        return part;
    }

    /** The longest end of a text that has at most so many tokens. */
    public String end(String text, int most) {
        if (most <= 0) return "";
        var part = text;
        var tokens = count(part);
        while (tokens > most) {
            var kept = Math.min(part.length() - 1, (int) (part.length() * 0.98 * most / tokens));
            part = from(part, part.length() - kept);
            tokens = count(part);
        }
        return part;
    }

    private static int exact(Encoding encoding, String text) {
        var tokens = 0;
        for (var at = 0; at < text.length(); ) {
            var end = at
                    + upTo(text.substring(at, Math.min(text.length(), at + PIECE)), PIECE)
                            .length();
            tokens += encoding.countTokensOrdinary(text.substring(at, end));
            at = end;
        }
        return tokens;
    }

    private static int guess(String text) {
        var thirds = 0;
        for (var i = 0; i < text.length(); i++) thirds += text.charAt(i) < 0x250 ? 1 : 3;
        return thirds / 3 + 1;
    }

    /** Never ends in the middle of a sign. */
    private static String upTo(String text, int length) {
        var end = Math.min(length, text.length());
        if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) end--;
        if (end == 0 && !text.isEmpty()) return length <= 0 ? "" : text.substring(0, Math.min(2, text.length()));
        return text.substring(0, end);
    }

    private static String from(String text, int start) {
        var begin = Math.max(0, start);
        if (begin < text.length() && Character.isLowSurrogate(text.charAt(begin))) begin++;
        return text.substring(begin);
    }
}
