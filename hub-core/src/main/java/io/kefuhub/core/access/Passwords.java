package io.kefuhub.core.access;

import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id (19 MiB, two passes, one lane: the least that OWASP advises) and keeps them in PHC
 * form. Safe for threads; only two hashes are made at a time, so that a burst of sign-ins cannot eat the memory.
 */
public final class Passwords {
    public static final int SHORTEST = 10;

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LENGTH = 32;
    private static final int AT_ONCE = 2;
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    /** Letters and digits that nobody mistakes for each other. */
    private static final String READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";

    /** No password has it: its bytes are random, and it takes as long as any to find that out. */
    private static final String NOBODYS = "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
            .formatted(MEMORY_KIB, PASSES, "HqKQCNdkDHVCP+gU2GEKmw", "snXtkYdLXUBn7KW0z/OFrE7OJ0n+rgFIMimihLdLsuU");

    private static final Set<String> COMMON = Set.of(
            "1234567890",
            "12345678910",
            "0123456789",
            "0987654321",
            "qwertyuiop",
            "password12",
            "password123",
            "password1234",
            "administrator",
            "woaini1314",
            "a123456789",
            "1qaz2wsx3edc",
            "iloveyou123",
            "kefuhub123");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore permits = new Semaphore(AT_ONCE, true);

    /** Makes a password for one use, such as {@code h7Kq-29fM-xxTr}. */
    public String oneTime() {
        var made = new StringBuilder();
        for (var i = 0; i < 12; i++) {
            if (i > 0 && i % 4 == 0) made.append('-');
            made.append(READABLE.charAt(random.nextInt(READABLE.length())));
        }
        return made.toString();
    }

    public String hash(String password) {
        var salt = new byte[16];
        random.nextBytes(salt);
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
                .formatted(
                        MEMORY_KIB,
                        PASSES,
                        base64.encodeToString(salt),
                        base64.encodeToString(derive(password, salt, MEMORY_KIB, PASSES, 1, LENGTH)));
    }

    public boolean matches(String password, String hash) {
        var parts = PHC.matcher(hash);
        if (!parts.matches()) return false;
        var expected = Base64.getDecoder().decode(parts.group(5));
        var derived = derive(
                password,
                Base64.getDecoder().decode(parts.group(4)),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, derived);
    }

    /** Takes as long as {@link #matches}, so that nobody learns which names exist. */
    void pretend(String password) {
        matches(password, NOBODYS);
    }

    /** Refuses a new password that is too easy to guess. */
    static void check(String password, String login) {
        var plain = password.toLowerCase(Locale.ROOT);
        if (password.length() < SHORTEST) {
            throw weak("At least " + SHORTEST + " characters.", "至少 " + SHORTEST + " 个字符。");
        }
        if (plain.contains(login)
                || COMMON.contains(plain)
                || password.chars().distinct().count() < 5) {
            throw weak("It is among the first that somebody would try.", "该密码过于常见。");
        }
    }

    private static Problem weak(String en, String zh) {
        return Problem.of(ProblemType.WEAK_PASSWORD, en, zh).with("field", "new");
    }

    private byte[] derive(String password, byte[] salt, int memory, int passes, int lanes, int length) {
        var derived = new byte[length];
        var generator = new Argon2BytesGenerator();
        acquire();
        try {
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withSalt(salt)
                    .withMemoryAsKB(memory)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .build());
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), derived);
            return derived;
        } finally {
            permits.release();
        }
    }

    private void acquire() {
        try {
            if (!permits.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) throw Problem.of(ProblemType.UNAVAILABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemType.UNAVAILABLE);
        }
    }
}
