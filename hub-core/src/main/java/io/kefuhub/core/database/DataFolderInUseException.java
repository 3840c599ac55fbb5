package io.kefuhub.core.database;

import java.nio.file.Path;

/** Another hub that is running owns this data folder. */
public final class DataFolderInUseException extends RuntimeException {
    public DataFolderInUseException(Path folder) {
        super("Another hub is running on " + folder + "; stop it first, or give this one its own KEFUHUB_HOME.");
    }
}
