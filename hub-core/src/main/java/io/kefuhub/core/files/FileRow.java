package io.kefuhub.core.files;

import io.kefuhub.api.StoredFile;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of {@code stored_file}.
 *
 * @param sha256 names the content
 * @param width of a picture, in pixels
 * @param expiresAt when it goes if nothing refers to it
 */
public record FileRow(
        String id,
        String sha256,
        long size,
        String mime,
        String name,
        Optional<Integer> width,
        Optional<Integer> height,
        String ownerKind,
        String ownerId,
        Instant createdAt,
        Optional<Instant> expiresAt) {

    public StoredFile file() {
        return new StoredFile(id, name, mime, size);
    }

    public Owner owner() {
        return new Owner(ownerKind, ownerId);
    }
}
