package io.kefuhub.core.plugin.jar.loading;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    private final Fingerprints fingerprints = new Fingerprints();
    private final Map<String, List<Kept>> all = new HashMap<>();

    private static final class Kept {
        private final String plugin;
        private final Libraries libraries;
        /** Of the jar they were loaded from. */
        private final String sha256;

        private final LibraryLoader loader;
        private int borrowers;

        Kept(String plugin, Libraries libraries, String sha256, LibraryLoader loader) {
            this.plugin = plugin;
            this.libraries = libraries;
            this.sha256 = sha256;
            this.loader = loader;
        }
    }

    /**
     * Lends a version the libraries it brings.
     *
     * @param jar of the version
     * @param sha256 of the jar; empty when it is not known
     */
    public synchronized Loan lend(String plugin, Libraries libraries, Path jar, String sha256) throws IOException {
        var api = new ApiOnly(KeptLibraries.class.getClassLoader());
        if (libraries.isEmpty()) return new Nothing(api);
        var ofPlugin = all.computeIfAbsent(plugin, _ -> new ArrayList<>());
        for (var kept : ofPlugin) if (isSame(kept, libraries, jar, sha256)) return new Borrowed(kept, false);
        var kept = new Kept(plugin, libraries, sha256, LibraryLoader.of(libraries, jar, api));
        ofPlugin.add(kept);
        return new Borrowed(kept, true);
    }

    /** Read only when a version comes while another is there: a hub that starts has none to compare with. */
    private boolean isSame(Kept kept, Libraries libraries, Path jar, String sha256) throws IOException {
        return kept.libraries.equals(libraries)
                && fingerprints
                        .of(kept.loader.copy(), kept.sha256, libraries)
                        .equals(fingerprints.of(jar, sha256, libraries));
    }

    private synchronized Optional<ClassLoader> giveBack(Kept kept) {
        if (--kept.borrowers > 0) return Optional.empty();
        all.computeIfPresent(kept.plugin, (_, ofPlugin) -> {
            ofPlugin.remove(kept);
            return ofPlugin.isEmpty() ? null : ofPlugin;
        });
        try {
            kept.loader.close();
        } catch (IOException e) {
            LOG.warn("The libraries of {} could not be closed: {}", kept.plugin, e.getMessage());
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
        private final Kept kept;
        private final boolean isFirst;
        private boolean isOver;

        /** Under the lock. */
        Borrowed(Kept kept, boolean isFirst) {
            kept.borrowers++;
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
            return giveBack(kept);
        }
    }
}
