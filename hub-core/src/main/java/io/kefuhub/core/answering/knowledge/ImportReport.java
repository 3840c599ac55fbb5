package io.kefuhub.core.answering.knowledge;

import java.util.List;

/**
 * What an import did, or would do.
 *
 * @param errors if there is one, nothing was written
 */
public record ImportReport(int added, int changed, int unchanged, boolean dryRun, List<FileProblem> errors) {
    public ImportReport {
        errors = List.copyOf(errors);
    }

    static ImportReport refused(List<FileProblem> errors, boolean dryRun) {
        return new ImportReport(0, 0, 0, dryRun, errors);
    }
}
