package io.kefuhub.core.answering.ai.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What must be equal for two questions to have one answer, as SHA-256 over its fields, each with its length before it, so
 * that no two sets of fields run into one. Immutable.
 *
 * @param desk whose share of the cache it takes
 */
public record CacheKey(String desk, String digest) {
    private static final String VERSION = "3";

    /**
     * All that an answer depends on.
     *
     * @param assistant the instance and all that it tells a model
     * @param audience to whom it is said: {@code anonymous} or {@code known}
     * @param channel where it is said, where that changes what may be said
     * @param locale the language it is asked in
     * @param epoch of the desk's knowledge
     * @param policy which aliases are asked, and how
     * @param models what stands behind these aliases
     * @param question normalised
     */
    public record Fields(
            String desk,
            String assistant,
            String audience,
            String channel,
            String locale,
            long epoch,
            String policy,
            String models,
            String question) {}

    public static CacheKey of(Fields fields) {
        var texts = List.of(
                VERSION,
                fields.desk(),
                fields.assistant(),
                fields.audience(),
                fields.channel(),
                fields.locale(),
                Long.toString(fields.epoch()),
                fields.policy(),
                fields.models(),
                fields.question(),
                // The digest of the context: only questions that need none have a key.
                "");
        var digest = DigestUtils.getSha256Digest();
        for (var text : texts) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return new CacheKey(fields.desk(), HexFormat.of().formatHex(digest.digest()));
    }
}
