package io.kefuhub.core.plugin.life;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import java.util.List;

/**
 * What keeps an instance from working, as its reader sees it. Immutable.
 *
 * @param setting key of the setting to look at; empty for none in particular
 */
public record SettingProblem(String setting, String text) {
    static List<SettingProblem> in(List<CheckResult.Problem> problems, Language language) {
        return problems.stream()
                .map(problem ->
                        new SettingProblem(problem.setting(), problem.text().in(language)))
                .toList();
    }

    /** In one sentence, where there is no field to show it at. */
    static Localized sentence(CheckResult.Problem problem) {
        return problem.setting().isEmpty()
                ? problem.text()
                : problem.text().map(text -> problem.setting() + ": " + text);
    }
}
