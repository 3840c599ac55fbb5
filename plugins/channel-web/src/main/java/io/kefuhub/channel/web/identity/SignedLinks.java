package io.kefuhub.channel.web.identity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Signs what a client brings back later: links to files, and uploads it may use. Immutable, safe for threads. */
public final class SignedLinks {
    /** How long a link to a file is good for, at least. */
    static final Duration LINK_LIFE = Duration.ofMinutes(5);

    private static final Duration UPLOAD_LIFE = Duration.ofHours(1);
    private static final int LONGEST_NUMBER = 15;
    private final byte[] secret;

    public SignedLinks(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** The query of a link to a file. The expiry is a whole minute, so that a page may cache what it shows twice. */
    public String query(String fileId, Instant now) {
        var expiry = (now.getEpochSecond() + LINK_LIFE.toSeconds()) / 60 * 60 + 60;
        return "e=" + expiry + "&s=" + sign(fileId, expiry);
    }

    String sign(String fileId, long expiry) {
        return Signing.hmacHex(secret, fileId + "|" + expiry);
    }

    /** Whether the link to a file is genuine and still good. */
    public boolean isGood(String fileId, String expiry, String signature, Instant now) {
        var until = seconds(expiry);
        return until.isPresent()
                && Signing.same(sign(fileId, until.get()), signature)
                && now.getEpochSecond() < until.get();
    }

    /** Names an upload in a way that only its visitor can use. */
    public String uploadId(String fileId, String visitor, Instant now) {
        var expiry = now.plus(UPLOAD_LIFE).getEpochSecond();
        return fileId + "." + expiry + "." + signUpload(fileId, visitor, expiry);
    }

    /** Returns the file of an upload, if it is this visitor's and an hour has not passed. */
    public Optional<String> fileOf(String uploadId, String visitor, Instant now) {
        var pieces = uploadId.split("\\.", -1);
        if (pieces.length != 3) return Optional.empty();
        var until = seconds(pieces[1]);
        if (until.isEmpty() || now.getEpochSecond() >= until.get()) return Optional.empty();
        var genuine = Signing.same(signUpload(pieces[0], visitor, until.get()), pieces[2]);
        return genuine ? Optional.of(pieces[0]) : Optional.empty();
    }

    private String signUpload(String fileId, String visitor, long expiry) {
        return Signing.hmacHex(secret, "upload|" + visitor + "|" + fileId + "|" + expiry);
    }

    private static Optional<Long> seconds(String text) {
        var digits = !text.isEmpty()
                && text.length() <= LONGEST_NUMBER
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
