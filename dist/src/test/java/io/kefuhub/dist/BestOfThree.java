package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;

/** Holds the hub to a limit on a machine that others use too: they hold up one try, a hub that is slow is slow in each. */
final class BestOfThree {
    private static final int TRIES = 3;

    private BestOfThree() {}

    /** Does something, and gives how long that took which is to be quick. */
    interface Try {
        Duration took() throws Exception;
    }

    /** Tries until it is quick enough. */
    static void within(Duration limit, Try one) throws Exception {
        var took = new ArrayList<Duration>();
        do took.add(one.took());
        while (took.getLast().compareTo(limit) >= 0 && took.size() < TRIES);
        assertThat(took.getLast()).as("the last of %s", took).isLessThan(limit);
    }
}
