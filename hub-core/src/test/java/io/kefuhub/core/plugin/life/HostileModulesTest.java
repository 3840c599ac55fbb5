package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Terms.WhenFailed;
import io.kefuhub.core.plugin.wasm.guest.Guests;
import io.kefuhub.core.telemetry.Stalls;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the whole chain makes of messages while one of its modules is wrong or wicked. One after the other, as versions of one plugin. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileModulesTest {
    private static final String NAME = "guest";
    /** Whoever asks waits for half a second; the rest is for a machine that is busy with other things. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    private static final int MOST_FAILURES = 5;
    /** What the hub allows one version, and the call of a message that was handled while a fifth had not begun. */
    private static final int MOST_ENDING = 4;

    private static final int UPPER_END = 40;

    /** With as many messages each as it takes to be set aside: together twice as many as may be ending. */
    private static final int ROUNDS = 2;

    /** To leave a stack that a guest has filled takes it up to ten seconds. */
    private static final Duration GONE = Duration.ofSeconds(20);

    private static final String LONG = "please ".repeat(40);

    private final ConversationId conversation = new ConversationId(UUID.randomUUID());

    @SuppressWarnings("NullAway.Init")
    private LifeFixture hub;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        // No more often than the hub does: what guests leave on their stacks takes a collection long to look through.
        hub = new LifeFixture(home, Duration.ofMinutes(1), Kind.FILTER.deadline());
    }

    @AfterAll
    void end() {
        hub.close();
    }

    @ParameterizedTest
    @CsvSource({
        "loop, it was stopped because its time was up",
        "recursion, exhausted|too deep|bounds|time was up",
        "recursion-with-calls, exhausted|too deep|bounds|time was up",
        "trap, it failed: unreachable",
        "out-of-bounds, it failed: .*memory",
        "division, it failed: .*zero",
        "wrong-indirect, it failed: .*indirect",
        "exit, it ended itself with status 7",
        "bogus-output, not its own",
        "bogus-load, not its own",
        "negative-output, its answer is longer than",
        "huge-output, its answer is longer than",
        "not-text, its answer is no JSON object",
        "field, its answer is no JSON object",
        "echo, none of pass",
        "error, it says that it failed",
        "network, which no module has",
    })
    void every_message_is_handled_as_the_admin_wished_and_the_module_is_set_aside_until_a_good_version_comes(
            String guest, String words) {
        bring(guest);
        for (var policy : policies(guest)) {
            handle(policy);

            for (var i = 1; i < MOST_FAILURES; i++) assertHandled(policy);

            assertThat(problem()).doesNotContain("set aside");
            Eventually.holds(() -> {
                assertHandled(policy);
                return problem().contains("it is set aside: ");
            });
            assertThat(problem()).as(policy.name()).containsPattern(words);
            assertHandled(policy);
        }

        bring("version-1");

        Eventually.holds(() -> hub.ask(NAME, "hello")
                .answer()
                .filter(verdict -> verdict.tags().equals(Set.of("v1")))
                .isPresent());
        Eventually.holds(() -> hub.says(conversation).equals("pass"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory-bomb", "table-bomb", "block-bomb", "log-flood", "depth"})
    void what_takes_says_or_calls_all_it_can_gets_no_more_than_its_share_and_messages_pass(String guest) {
        bring(guest);

        Eventually.holds(() -> {
            handle(WhenFailed.BLOCK);
            var began = Stalls.now();
            var outcome = hub.says(conversation);
            assertThat(Stalls.since(began)).isLessThan(BOUND);
            return outcome.equals("pass") && problem().isEmpty();
        });
    }

    /**
     * Guests that are told to end and have not ended are looked for by their threads. What they are set aside for is taken
     * back again and again, so that every message goes in.
     */
    @ParameterizedTest
    @ValueSource(strings = {"loop", "recursion", "recursion-with-calls", "recursion-when-asked"})
    void guests_that_were_stopped_are_few_and_gone_soon_however_many_messages_come(String guest) {
        bring(guest);
        var most = 0;
        for (var round = 0; round < ROUNDS; round++) {
            handle(WhenFailed.PASS);
            for (var i = 0; i < MOST_FAILURES; i++) {
                var began = Stalls.now();
                assertThat(hub.says(conversation, LONG)).isEqualTo("pass");
                assertThat(Stalls.since(began)).isLessThan(BOUND);
                most = Math.max(most, inGuests());
            }
        }

        var began = Stalls.now();
        Eventually.holds(() -> inGuests() == 0);

        assertThat(most).isLessThanOrEqualTo(MOST_ENDING);
        assertThat(Stalls.since(began)).as(guest).isLessThan(GONE);
        bring("version-1");
        Eventually.holds(() -> hub.says(conversation).equals("pass"));
    }

    /**
     * How many threads are inside a guest, by the upper end of their stacks: to walk down one that a guest has filled takes
     * the machine gigabytes.
     */
    private static int inGuests() {
        var threads = ManagementFactory.getThreadMXBean();
        return (int) Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds(), UPPER_END))
                .filter(thread -> thread != null && !thread.getThreadName().equals("wasm-warming"))
                .filter(thread -> Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith("org.graalvm.wasm.nodes")))
                .count();
    }

    /** Asks past the chain, so that it is told what went wrong. */
    private String problem() {
        return hub.ask(NAME, "hello").problem();
    }

    /** Those that take their whole time at each message are seen with one policy each. */
    private static List<WhenFailed> policies(String guest) {
        return switch (guest) {
            case "loop" -> List.of(WhenFailed.BLOCK);
            case "recursion" -> List.of(WhenFailed.HOLD);
            case "recursion-with-calls" -> List.of(WhenFailed.PASS);
            default -> List.of(WhenFailed.values());
        };
    }

    private void bring(String guest) {
        var ended = hub.life.upload(NAME + ".wasm", Guests.bytes(guest), "person:test");
        assertThat(ended.outcome()).as(guest).contains(Activation.Outcome.SERVING);
    }

    /** Sets what becomes of a message that the module fails at; a new instance begins with no failures. */
    private void handle(WhenFailed policy) {
        var choices = new InstanceSpec.Choices(Set.of(), Set.of(), Optional.empty(), Optional.of(policy));
        var spec = new InstanceSpec(Kind.FILTER, NAME, "", NAME, Map.of(), true, choices, 1, Optional.empty());
        Eventually.holds(() -> hub.changes.save(spec, Set.of(), "person:test").isEmpty());
    }

    private void assertHandled(WhenFailed policy) {
        var began = Stalls.now();
        var outcome = hub.says(conversation);
        assertThat(Stalls.since(began)).isLessThan(BOUND);
        assertThat(outcome)
                .isEqualTo(
                        switch (policy) {
                            case PASS -> "pass";
                            case HOLD -> "held";
                            case BLOCK -> "block";
                        });
    }
}
