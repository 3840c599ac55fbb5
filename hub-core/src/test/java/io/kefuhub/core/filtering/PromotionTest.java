package io.kefuhub.core.filtering;

import static io.kefuhub.core.filtering.TrialBench.NO_LIMITS;
import static io.kefuhub.core.filtering.TrialBench.filter;
import static io.kefuhub.core.filtering.TrialBench.pass;
import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.TrialMode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PromotionTest {
    private static final int GENERATIONS = 150;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Set<Integer> gone = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile int newest;

    /** Of the candidates two of three are promoted and one is dropped; each message has one verdict, of one that was live. */
    @Test
    void candidates_come_and_go_under_load_and_no_message_is_judged_wrong_or_by_nobody() throws Exception {
        try (var bench = new TrialBench();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var serving = generation(0);
            bench.serving(serving);
            var load = Stream.generate(() -> executor.submit(() -> load(bench)))
                    .limit(4)
                    .toList();

            for (var next = 1; next <= GENERATIONS; next++) {
                var candidate = generation(next);
                newest = next;
                bench.begin(candidate, new TrialMode.Canary(50), NO_LIMITS);
                until(() ->
                        bench.report().candidate().calls() > 20 || load.stream().anyMatch(Future::isDone));
                var promotes = next % 3 != 0;
                bench.contributions.change(draft -> {
                    if (promotes) draft.promote(Kind.FILTER, "words");
                    else draft.end(Kind.FILTER, "words");
                });
                var leaves = promotes ? serving : candidate;
                gone.add(number(leaves));
                bench.guard.close(leaves, PATIENCE);
                if (promotes) serving = candidate;
            }
            over.set(true);

            var messages = 0;
            for (var one : load) messages += one.get();
            assertThat(messages).isGreaterThan(GENERATIONS * 20);
            assertThat(bench.contributions.filters()).containsExactly(serving);
            assertThat(bench.takenBack).isEmpty();
        }
    }

    private int load(TrialBench bench) {
        var messages = 0;
        while (!over.get()) {
            var goneBefore = Set.copyOf(gone);
            var bad = messages++ % 5 == 0;
            var filtered = bench.says(bad ? "bad" : "good");
            assertThat(filtered).isInstanceOf(bad ? Filtered.Blocked.class : Filtered.Through.class);
            var verdict = filtered.trail().getLast();
            assertThat(verdict.tags()).as("%s", filtered.trail()).hasSize(1);
            var by = Integer.parseInt(verdict.tags().iterator().next());
            assertThat(by).isNotIn(goneBefore).isLessThanOrEqualTo(newest);
        }
        return messages;
    }

    private static Slot<Filter> generation(int number) {
        var tag = Integer.toString(number);
        return filter(
                tag, message -> message.text().equals("bad") ? new Verdict.Block("bad", "", Set.of(tag)) : pass(tag));
    }

    private static int number(Slot<Filter> slot) {
        return Integer.parseInt(slot.plugin().version());
    }
}
