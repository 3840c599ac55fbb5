package io.kefuhub.bench.models;

import java.util.List;

/** Something that figures must show. Immutable. */
record Goal(String words, boolean holds) {
    /** Prints each with whether it holds; true when all do. */
    static boolean judge(List<Goal> goals) {
        for (var goal : goals) System.out.println((goal.holds() ? "holds: " : "DOES NOT HOLD: ") + goal.words());
        return goals.stream().allMatch(Goal::holds);
    }
}
