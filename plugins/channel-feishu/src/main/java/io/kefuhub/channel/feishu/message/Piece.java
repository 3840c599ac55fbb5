package io.kefuhub.channel.feishu.message;

import io.kefuhub.api.message.Part;

/** One piece of a message, before its files are here. */
sealed interface Piece {
    record Said(String text) implements Piece {}

    /**
     * A file that is still with the platform.
     *
     * @param picture whether the platform counts it among pictures
     * @param type what the message is called where the file cannot be had
     */
    record Resource(Part.Media.Kind kind, String key, boolean picture, String name, String type) implements Piece {}

    /** Other messages, which are fetched by the id of this one. */
    record Forwarded() implements Piece {}

    record Odd(String type) implements Piece {}
}
