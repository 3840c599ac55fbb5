package io.kefuhub.core.files;

/** Content that begins like a picture and is none; the message says what is wrong with it. */
final class BrokenPictureException extends RuntimeException {
    BrokenPictureException(String message) {
        super(message);
    }
}
