package io.kefuhub.core.answering.ai.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.web.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
    private static final Duration DAY = Duration.ofHours(24);

    private final MovableClock clock = new MovableClock("2026-11-25T10:00:00Z");
    private CacheRules rules = CacheRules.USUAL;
    private final AnswerCache cache = new AnswerCache(clock, () -> rules);

    @Test
    void a_desk_has_a_fifth_of_the_answers_at_most() {
        fill("sales", 3_000, "短");

        assertThat(kept("sales", 3_000)).isBetween(1_900L, 2_000L);
    }

    @Test
    void a_desk_has_a_fifth_of_the_room_at_most_however_long_its_answers_are() {
        fill("sales", 300, "长".repeat(50_000));

        // 64 MiB / 5, and 100 KB each.
        assertThat(kept("sales", 300)).isBetween(120L, 134L);
    }

    @Test
    void ten_desks_share_what_there_is() {
        IntStream.range(0, 10).forEach(desk -> fill("desk-" + desk, 1_500, "短"));

        assertThat(IntStream.range(0, 10).mapToLong(desk -> kept("desk-" + desk, 1_500)))
                .allSatisfy(kept -> assertThat(kept).isBetween(900L, 1_000L));
    }

    @Test
    void one_desk_that_asks_much_takes_nothing_from_another() {
        fill("support", 1_000, "短");
        fill("sales", 20_000, "短");

        assertThat(kept("support", 1_000)).isEqualTo(1_000);
    }

    @Test
    void an_answer_is_kept_for_as_long_as_was_said_give_or_take_a_tenth() {
        fill("sales", 500, "短");

        clock.move(Duration.ofMinutes(24 * 60 * 9 / 10 - 1));
        assertThat(kept("sales", 500)).isEqualTo(500);
        clock.move(Duration.ofMinutes(24 * 60 / 10));
        assertThat(kept("sales", 500)).isBetween(100L, 400L);
        clock.move(Duration.ofMinutes(24 * 60 / 10 + 2));
        assertThat(kept("sales", 500)).isZero();
    }

    @Test
    void what_an_agent_speaks_after_is_not_given_again_unless_it_was_given_long_before() {
        var conversation = new ConversationId(UUID.randomUUID());
        fill("sales", 2, "短");
        cache.given(key("sales", 0), conversation);
        clock.move(Duration.ofMinutes(2).plusSeconds(1));
        cache.given(key("sales", 1), conversation);

        cache.corrected(conversation);

        assertThat(cache.find(key("sales", 0))).isPresent();
        assertThat(cache.find(key("sales", 1))).isEmpty();
        cache.disliked(conversation);
        assertThat(cache.find(key("sales", 0))).isEmpty();
    }

    @Test
    void where_its_bounds_change_what_fits_stays_for_as_long_as_it_would_have() {
        fill("sales", 500, "短");
        rules = new CacheRules(rules.bytes(), 1_000, 20, 0, rules.shortLife(), rules.correcting());
        clock.move(Duration.ofHours(12));

        fill("support", 1, "短");

        assertThat(kept("sales", 500)).isBetween(190L, 200L);
        clock.move(Duration.ofHours(11));
        assertThat(kept("support", 1)).isOne();
        clock.move(Duration.ofHours(4));
        assertThat(kept("sales", 500)).isZero();
    }

    @Test
    void an_answer_of_another_model_is_kept_as_long_as_the_rule_says_and_not_at_all_for_no_time() {
        var answer = new CachedAnswer("短", List.of(), Optional.empty(), "main", "m");
        rules = new CacheRules(rules.bytes(), rules.answers(), 20, 0, Duration.ofMinutes(5), rules.correcting());
        cache.keepShort(key("sales", 0), answer);
        clock.move(Duration.ofMinutes(4));
        assertThat(cache.find(key("sales", 0))).isPresent();
        clock.move(Duration.ofMinutes(2));
        assertThat(cache.find(key("sales", 0))).isEmpty();

        rules = new CacheRules(rules.bytes(), rules.answers(), 20, 0, Duration.ZERO, rules.correcting());
        cache.keepShort(key("sales", 0), answer);

        assertThat(cache.find(key("sales", 0))).isEmpty();
    }

    private void fill(String desk, int answers, String text) {
        var answer = new CachedAnswer(text, List.of(), Optional.empty(), "main", "m");
        for (var i = 0; i < answers; i++) cache.keep(key(desk, i), answer, DAY);
    }

    private long kept(String desk, int answers) {
        return IntStream.range(0, answers)
                .filter(i -> cache.find(key(desk, i)).isPresent())
                .count();
    }

    private static CacheKey key(String desk, int number) {
        return CacheKey.of(new CacheKey.Fields(desk, "helper", "anonymous", "", "zh", 1, "chat", "m", "问题 " + number));
    }
}
