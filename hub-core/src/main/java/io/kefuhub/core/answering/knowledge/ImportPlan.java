package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.web.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What importing a file into a desk comes to.
 *
 * @param steps what is to be written
 * @param unchanged how many entries are there already, word for word
 */
record ImportPlan(List<Step> steps, int unchanged, List<FileProblem> problems) {
    /** @param before the entry that asks the same, if there is one */
    record Step(Optional<KnowledgeEntry> before, EntryContent content) {}

    static ImportPlan of(FileContents contents, Function<EntryContent, Optional<KnowledgeEntry>> same) {
        var steps = new ArrayList<Step>();
        var problems = new ArrayList<>(contents.problems());
        int unchanged = 0;
        for (var item : contents.items()) {
            var before = same.apply(item.content());
            if (before.isPresent() && before.get().content().equals(item.content())) {
                unchanged++;
            } else if (before.isPresent() && !before.get().managedBy().isEmpty()) {
                problems.add(new FileProblem(
                        item.line(),
                        new Words(
                                        "the question \"%s\" is managed by the file %s; change it there",
                                        "问题“%s”由文件 %s 管理，请在文件里修改")
                                .with(item.content().question(), before.get().managedBy())));
            } else {
                steps.add(new Step(before, item.content()));
            }
        }
        return new ImportPlan(steps, unchanged, problems);
    }

    ImportReport report(boolean dryRun) {
        if (!problems.isEmpty()) return ImportReport.refused(problems, dryRun);
        int changed =
                (int) steps.stream().filter(step -> step.before.isPresent()).count();
        return new ImportReport(steps.size() - changed, changed, unchanged, dryRun, List.of());
    }
}
