package io.kefuhub.core.answering.knowledge;

import io.kefuhub.api.Language;
import java.util.List;

/** What an import did or would do, as callers read it. */
record ImportView(int added, int changed, int unchanged, boolean dryRun, List<ProblemView> errors) {
    /** What is wrong in a line. */
    record ProblemView(int line, String message) {}

    static ImportView of(ImportReport report, Language language) {
        var errors = report.errors().stream()
                .map(problem -> new ProblemView(problem.line(), problem.words().in(language)))
                .toList();
        return new ImportView(report.added(), report.changed(), report.unchanged(), report.dryRun(), errors);
    }
}
