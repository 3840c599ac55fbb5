package io.kefuhub.core.config;

/** A sealed secret does not open: another key, another place, or changed since. */
public final class UnreadableSecretException extends RuntimeException {
    UnreadableSecretException(String place) {
        super("The secret of " + place + " cannot be read with this hub's data/secret.key; enter it again.");
    }
}
