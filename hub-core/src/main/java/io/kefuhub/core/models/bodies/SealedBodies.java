package io.kefuhub.core.models.bodies;

import io.kefuhub.core.config.SecretBox;
import io.kefuhub.core.web.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Packs bodies as JSON, small, and encrypts them, each for its attempt alone. Safe for threads. */
final class SealedBodies {
    private final SecretBox box;

    SealedBodies(SecretBox box) {
        this.box = box;
    }

    byte[] seal(UUID attempt, Body body) {
        var packed = new ByteArrayOutputStream();
        try (var out = new Quick(packed)) {
            out.write(Json.bytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return box.seal(place(attempt), packed.toByteArray());
    }

    /** @throws io.kefuhub.core.config.UnreadableSecretException when it was sealed with another key or changed since */
    Body open(UUID attempt, byte[] sealed) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(box.open(place(attempt), sealed)))) {
            return Json.read(in.readAllBytes(), Body.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bodies are many and short: packing them well costs more than it saves. */
    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static String place(UUID attempt) {
        return "attempt-body/" + attempt;
    }
}
