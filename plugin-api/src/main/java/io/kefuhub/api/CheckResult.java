package io.kefuhub.api;

import java.util.List;

/** Whether an instance would work with its settings, asked before it goes live. */
public sealed interface CheckResult {
    /** It works as far as can be told. */
    record Fine() implements CheckResult {}

    /**
     * It does not.
     *
     * @param problems at least one
     */
    record Wrong(List<Problem> problems) implements CheckResult {
        public Wrong {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) throw new IllegalArgumentException("no problem named");
        }
    }

    /**
     * @param setting key of the setting to look at
     * @param text what is wrong and what to do, in the admin's words; never a secret
     */
    record Problem(String setting, Localized text) {
        public Problem(String setting, String text) {
            this(setting, Localized.of(text));
        }
    }
}
