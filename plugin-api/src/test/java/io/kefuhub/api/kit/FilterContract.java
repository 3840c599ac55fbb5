package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What every filter must do, whoever wrote it. Implement it in your plugin's tests. */
public interface FilterContract {
    /** The deadline of an admin who changed nothing. */
    Duration DEADLINE = Duration.ofMillis(500);

    int LONGEST_TAG = 60;

    Filter filter();

    default Facts facts() {
        return SomeFacts.english();
    }

    /** What it is asked about; add messages that your filter has an opinion on. */
    default List<Message> examples() {
        return Messages.odd();
    }

    @Test
    default void names_its_stages_and_never_changes_them() {
        var filter = filter();
        var stages = filter.stages();

        assertThat(stages).isNotEmpty();
        assertThat(filter.stages()).isEqualTo(stages);
    }

    @Test
    default void has_a_verdict_for_every_message_at_every_stage() {
        var filter = filter();
        everywhere(
                filter,
                (message, stage) -> assertThat(filter.apply(message, facts(), stage))
                        .as("%s at %s", message, stage)
                        .isNotNull());
    }

    @Test
    default void gives_the_same_verdict_whatever_it_was_asked_in_between() {
        var filter = filter();
        var first = verdicts(filter, examples());

        verdicts(filter, examples().reversed());

        assertThat(verdicts(filter, examples())).isEqualTo(first);
    }

    @Test
    default void gives_the_same_verdict_to_many_who_ask_at_once() {
        var filter = filter();
        var alone = verdicts(filter, examples());

        assertThat(AtOnce.ask(() -> verdicts(filter, examples())))
                .allSatisfy(verdicts -> assertThat(verdicts).isEqualTo(alone));
    }

    @Test
    default void answers_within_the_usual_deadline() {
        var filter = filter();
        verdicts(filter, examples());
        everywhere(filter, (message, stage) -> {
            var start = System.nanoTime();
            filter.apply(message, facts(), stage);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("%s at %s", message, stage)
                    .isLessThan(DEADLINE);
        });
    }

    @Test
    default void keeps_tags_short_and_gives_placeholders_to_models_only() {
        var filter = filter();
        everywhere(filter, (message, stage) -> {
            var verdict = filter.apply(message, facts(), stage);
            assertThat(verdict.tags())
                    .allSatisfy(tag -> assertThat(tag).isNotBlank().hasSizeLessThan(LONGEST_TAG));
            if (!(verdict instanceof Verdict.Rewrite(var parts, var _, var placeholders))) return;
            if (stage != Stage.TO_MODEL) assertThat(placeholders).isEmpty();
            var text = new Message(parts).text();
            assertThat(placeholders.keySet())
                    .allSatisfy(placeholder -> assertThat(text).contains(placeholder));
        });
    }

    @Test
    default void never_takes_back_what_may_be_shown_of_a_growing_answer() {
        var filter = filter();
        for (var message : examples()) {
            var text = message.text();
            var shown = 0;
            for (var end = 0; end <= Math.min(text.length(), 400); end++) {
                var safe = filter.safeUntil(text.substring(0, end), facts());
                assertThat(safe).as("safe until of %s characters", end).isBetween(shown, end);
                shown = safe;
            }
        }
    }

    @Test
    default void closes() {
        filter().close();
    }

    private List<Verdict> verdicts(Filter filter, List<Message> messages) {
        var verdicts = new ArrayList<Verdict>();
        for (var stage : Stage.values()) {
            if (!filter.stages().contains(stage)) continue;
            for (var message : messages) verdicts.add(filter.apply(message, facts(), stage));
        }
        return verdicts;
    }

    private void everywhere(Filter filter, BiConsumer<Message, Stage> look) {
        for (var stage : filter.stages()) {
            for (var message : examples()) look.accept(message, stage);
        }
    }
}
