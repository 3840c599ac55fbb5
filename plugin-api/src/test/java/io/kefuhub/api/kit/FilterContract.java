package io.kefuhub.api.kit;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.message.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every filter must do, whoever wrote it. Implement it in your plugin's tests. */
public interface FilterContract {
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
        questions().namesItsStages();
    }

    @Test
    default void has_a_verdict_for_every_message_at_every_stage() {
        questions().hasVerdicts();
    }

    @Test
    default void gives_the_same_verdict_whatever_it_was_asked_in_between() {
        questions().sameWhateverInBetween();
    }

    @Test
    default void gives_the_same_verdict_to_many_who_ask_at_once() {
        questions().sameAtOnce();
    }

    @Test
    default void answers_within_the_usual_deadline() {
        questions().inTime();
    }

    @Test
    default void keeps_tags_short_and_gives_placeholders_to_models_only() {
        questions().tagsAndPlaceholders();
    }

    @Test
    default void never_takes_back_what_may_be_shown_of_a_growing_answer() {
        questions().growingAnswer();
    }

    @Test
    default void closes() {
        questions().closes();
    }

    private FilterQuestions questions() {
        return new FilterQuestions(filter(), facts(), examples());
    }
}
