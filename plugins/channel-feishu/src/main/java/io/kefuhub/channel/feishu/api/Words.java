package io.kefuhub.channel.feishu.api;

/**
 * What an admin is told, in both languages of the console. Immutable; holds no secret.
 */
public record Words(String en, String zh) {
    /** Both, for where there is room for one text only. */
    @Override
    public String toString() {
        return en + " / " + zh;
    }
}
