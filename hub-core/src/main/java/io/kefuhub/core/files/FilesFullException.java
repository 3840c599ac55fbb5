package io.kefuhub.core.files;

/** There is no room on the disk for another file; what was being written is gone again. */
public final class FilesFullException extends RuntimeException {
    FilesFullException(String message) {
        super(message);
    }

    FilesFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
