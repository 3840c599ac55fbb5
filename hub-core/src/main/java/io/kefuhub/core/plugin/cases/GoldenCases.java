package io.kefuhub.core.plugin.cases;

import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All golden cases of one version of a plugin, whatever it came as. Immutable. */
public final class GoldenCases {
    /** How the instances are named that are asked cases. */
    public static final String INSTANCE = "golden-case";

    public static final GoldenCases NONE = new GoldenCases(List.of());

    /** For all cases together. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final List<CaseFile> files;

    private GoldenCases(List<CaseFile> files) {
        this.files = List.copyOf(files);
    }

    /** How many cases there are. */
    public int count() {
        return files.stream().mapToInt(file -> file.cases().size()).sum();
    }

    /** The settings that the first file of a contribution makes its instance with; empty when it has no file. */
    public Map<String, String> settings(Kind kind, String contribution) {
        return files.stream()
                .filter(file -> file.kind() == kind && file.contribution().equals(contribution))
                .findFirst()
                .map(CaseFile::settings)
                .orElse(Map.of());
    }

    /**
     * Asks every case, in a throw-away instance for each file, which is closed again. Waits for the answers; nothing
     * outside is reached and nothing stays.
     *
     * @param offers of the version, not yet serving
     * @return a result for every case that was asked, and for every file that could not be
     */
    public List<CaseResult> run(Guard guard, List<Offer<?>> offers) {
        var run = new CaseRun(guard, System.nanoTime() + LONGEST.toNanos());
        return files.stream().flatMap(file -> run.of(file, offers).stream()).toList();
    }

    /** Asks every case, and refuses the version for the first one that fails. */
    public void mustHold(Guard guard, List<Offer<?>> offers) throws RefusedException {
        for (var result : run(guard, offers)) {
            var refusal = result.refusal();
            if (refusal.isPresent()) throw new RefusedException(refusal.get());
        }
    }

    /** Cases while they are read. One thread only. */
    public static final class Draft {
        private static final int MOST_FILES = 100;
        private static final int MOST_CASES = 1_000;

        private final List<CaseFile> files = new ArrayList<>();
        private int cases;

        /**
         * @param name of the file, without folders
         * @throws RefusedException names file and case of what cannot be understood
         */
        public void add(String name, byte[] json) throws RefusedException {
            var file = CaseFile.read(name, json);
            files.add(file);
            cases += file.cases().size();
            if (files.size() > MOST_FILES || cases > MOST_CASES) {
                throw new RefusedException(Why.TOO_MANY_CASES, MOST_CASES, MOST_FILES);
            }
        }

        public GoldenCases finish() {
            return new GoldenCases(files);
        }
    }
}
