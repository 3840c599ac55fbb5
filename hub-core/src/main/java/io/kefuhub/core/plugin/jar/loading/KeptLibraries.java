package io.kefuhub.core.plugin.jar.loading;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The libraries of plugins that are in memory: loaded once for all versions of a plugin that bring the same, and let go with
 * the last of these. So a new version begins with libraries that are loaded, checked and compiled already. Two plugins never
 * share one. Safe for threads.
 */
public final class KeptLibraries {
    private static final Logger LOG = LoggerFactory.getLogger(KeptLibraries.class);

    private final Map<Key, Kept> all = new HashMap<>();

    private record Key(String plugin, Libraries libraries) {}

    private static final class Kept {
        private final LibraryLoader loader;
        private int borrowers;

        Kept(LibraryLoader loader) {
            this.loader = loader;
        }
    }

    /**
     * Lends a version the libraries it brings.
     *
     * @param jar of the version; read only when no other version in memory brings the same
     */
    public synchronized Loan lend(String plugin, Libraries libraries, Path jar) throws IOException {
        var api = new ApiOnly(KeptLibraries.class.getClassLoader());
        if (libraries.isEmpty()) return new Nothing(api);
        var key = new Key(plugin, libraries);
        var kept = all.get(key);
        var isFirst = kept == null;
        if (kept == null) {
            kept = new Kept(LibraryLoader.of(libraries.packages(), jar, api));
            all.put(key, kept);
        }
        kept.borrowers++;
        return new Borrowed(key, kept, isFirst);
    }

    private synchronized Optional<ClassLoader> giveBack(Key key, Kept kept) {
        if (--kept.borrowers > 0) return Optional.empty();
        all.remove(key);
        try {
            kept.loader.close();
        } catch (IOException e) {
            LOG.warn("The libraries of {} could not be closed: {}", key.plugin(), e.getMessage());
        }
        return Optional.of(kept.loader);
    }

    /** What the classes of one version see beside their own jar, until it is unloaded. One thread at a time. */
    public sealed interface Loan {
        ClassLoader loader();

        /** Whether libraries that are loaded for this version are loaded with rests. */
        void rests(boolean now);

        /** Is over. Returns the loader of the libraries when nobody needs them any more; they must go then. */
        Optional<ClassLoader> end();
    }

    /** Of a version without libraries. */
    private record Nothing(ClassLoader loader) implements Loan {
        @Override
        public void rests(boolean now) {}

        @Override
        public Optional<ClassLoader> end() {
            return Optional.empty();
        }
    }

    private final class Borrowed implements Loan {
        private final Key key;
        private final Kept kept;
        private final boolean isFirst;
        private boolean isOver;

        Borrowed(Key key, Kept kept, boolean isFirst) {
            this.key = key;
            this.kept = kept;
            this.isFirst = isFirst;
        }

        @Override
        public ClassLoader loader() {
            return kept.loader;
        }

        @Override
        public void rests(boolean now) {
            // Others may wait for libraries that they use already.
            if (isFirst) kept.loader.rests().on(now);
        }

        @Override
        public Optional<ClassLoader> end() {
            if (isOver) return Optional.empty();
            isOver = true;
            return giveBack(key, kept);
        }
    }
}
