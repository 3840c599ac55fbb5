package io.kefuhub.core.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What a password is kept as.
 *
 * @param oneTime whether it must be changed at the first sign-in
 * @param until when a one-time password ends
 */
record Secret(String hash, boolean oneTime, Optional<Instant> until) {
    static Secret lasting(String hash) {
        return new Secret(hash, false, Optional.empty());
    }
}
