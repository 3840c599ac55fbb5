package io.kefuhub.core.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of the files in {@code conf/}. Immutable.
 *
 * @param readAt when they were last read
 * @param files those that are there, by name
 * @param problems what is wrong now, file by file; empty when all that is declared is so
 */
public record Standing(Instant readAt, List<FileState> files, List<ConfProblem> problems) {
    public Standing {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    /**
     * One file.
     *
     * @param appliedAt when what is in force was applied; empty when nothing of it was since the hub's start
     * @param isSo whether everything it says now is in force
     */
    public record FileState(String name, Optional<Instant> appliedAt, boolean isSo) {}
}
