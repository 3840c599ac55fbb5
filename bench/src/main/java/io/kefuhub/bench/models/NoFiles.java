package io.kefuhub.bench.models;

import io.kefuhub.api.Files;
import io.kefuhub.api.StoredFile;
import java.io.InputStream;
import java.util.Optional;

/** There are none. */
final class NoFiles implements Files {
    @Override
    public Kept keep(String name, InputStream content, long limit) {
        return new Kept.NoRoom();
    }

    @Override
    public Optional<StoredFile> find(String id) {
        return Optional.empty();
    }

    @Override
    public Optional<InputStream> open(String id) {
        return Optional.empty();
    }
}
