package io.kefuhub.channel.wecom.api;

/**
 * Whom the platform takes us for. Immutable; names no secret.
 *
 * @param secret of one app; empty where the admin has not entered it yet
 */
public record Credentials(String corpId, String secret) {
    @Override
    public String toString() {
        return "Credentials[" + corpId + "]";
    }
}
