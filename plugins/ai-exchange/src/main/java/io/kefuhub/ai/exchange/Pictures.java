package io.kefuhub.ai.exchange;

import io.kefuhub.api.Files;
import io.kefuhub.api.StoredFile;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * The pictures of a conversation as a model takes them. Immutable.
 *
 * @param wanted whether the model takes any
 * @param mimes the types it takes
 * @param most bytes of one
 */
public record Pictures(Files files, boolean wanted, Set<String> mimes, long most) {
    public Pictures {
        mimes = Set.copyOf(mimes);
    }

    /** Reads a picture; empty when the model does not take it, or when it is gone. */
    Optional<Said.Piece.Picture> read(StoredFile file) {
        if (!wanted || !mimes.contains(file.mime()) || file.size() > most) return Optional.empty();
        var opened = files.open(file.id());
        if (opened.isEmpty()) return Optional.empty();
        try (var content = opened.get()) {
            var bytes = content.readNBytes((int) most + 1);
            if (bytes.length > most) return Optional.empty();
            return Optional.of(
                    new Said.Piece.Picture(file.mime(), Base64.getEncoder().encodeToString(bytes)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
