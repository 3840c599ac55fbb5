package io.kefuhub.core.translation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kefuhub.api.Language;
import io.kefuhub.core.conversation.DeskId;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Proven translations of what is said again and again. Nothing that may be personal is kept: no text with a run of figures,
 * an address, a link or a placeholder, and none that is long enough to tell a story. Safe for threads.
 */
final class TranslationCache {
    private static final Pattern PERSONAL =
            Pattern.compile("\\p{Nd}{4}|\\p{Nd}[ -]\\p{Nd}{2}|@|://|www\\.|\\[[A-Za-z_-]+\\d+]");
    private static final int LONGEST = 200;
    private static final long WEIGHT = 4_000_000;

    private final Cache<Key, String> known = Caffeine.newBuilder()
            .maximumWeight(WEIGHT)
            .weigher((Key key, String text) -> 100 + key.text().length() + text.length())
            .expireAfterWrite(Duration.ofHours(6))
            .build();

    /**
     * What a translation depends on.
     *
     * @param generation of the translator's settings and version
     * @param rules version of the desk's
     */
    record Key(
            String translator,
            String version,
            long generation,
            DeskId desk,
            long rules,
            Language from,
            Language to,
            String text) {
        Key {
            text = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        }
    }

    Optional<String> find(Key key) {
        return Optional.ofNullable(known.getIfPresent(key));
    }

    void keep(Key key, String translation) {
        if (isKept(key.text())) known.put(key, translation);
    }

    static boolean isKept(String text) {
        return text.length() <= LONGEST && !PERSONAL.matcher(text).find();
    }
}
