package io.kefuhub.core.plugin;

import static io.kefuhub.core.plugin.Waits.awaitEvenWhenInterrupted;
import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What foreign code that was given up leaves to everybody else. */
class ConfinementTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final Facts FACTS = new Facts("shop", "web", Language.EN, Map.of(), Instant.EPOCH, List.of());

    private final List<Integer> all = KernelThread.current().processors();
    /** With room for the thread that was given up beside the one that stood in for it, so that it stays when it comes back. */
    private final Guard guard = new Guard((_, _, _, _) -> {}, 2);

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<KernelThread> threads = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        guard.close();
    }

    @Test
    void a_filter_that_was_given_up_leaves_half_of_the_processors_to_others_until_it_comes_back() {
        var late = Foreign.filter("late", SHORT, _ -> stay());

        assertThat(apply(late)).isInstanceOf(Asked.Late.class);

        until(() -> threads.getFirst().processors().equals(KernelThread.half(all)));
        goOn.countDown();
        until(() -> threads.getFirst().processors().equals(all));
    }

    @Test
    void a_filter_that_answers_in_time_may_use_all_of_them() {
        var quick = Foreign.filter("quick", LONG, _ -> {
            threads.add(KernelThread.current());
            return Verdict.pass();
        });

        assertThat(apply(quick).answer()).contains(Verdict.pass());

        assertThat(threads.getFirst().processors()).isEqualTo(all);
    }

    @Test
    void the_first_code_of_a_version_leaves_half_of_them_too_once_it_was_given_up() {
        var plugin = new PluginVersion("ext", "1.0.0", "", Foreign.LOADER);

        assertThat(guard.load(plugin, SHORT, this::stay)).isInstanceOf(Asked.Late.class);

        until(() -> threads.getFirst().processors().equals(KernelThread.half(all)));
        goOn.countDown();
    }

    private Verdict stay() {
        threads.add(KernelThread.current());
        awaitEvenWhenInterrupted(goOn);
        return Verdict.pass();
    }

    private Asked<Verdict> apply(Slot<Filter> slot) {
        return guard.apply(slot, Message.of("hello"), FACTS, Stage.CUSTOMER_IN);
    }
}
