package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.directory.Directory;
import io.kefuhub.api.directory.Found;
import org.junit.jupiter.api.Test;

/** What every directory must do, whoever wrote it. Implement it in your plugin's tests. */
public interface DirectoryContract {
    Directory directory();

    /** A verified contact it knows. */
    Contact known();

    /** What the directory was lent, if it asks a service. */
    default FakeHttp http() {
        return new FakeHttp();
    }

    @Test
    default void tells_of_a_verified_customer() {
        assertThat(directory().find(known())).isInstanceOfSatisfying(Found.Known.class, known -> {
            assertThat(known.name()).isNotBlank();
            assertThat(known.link()).matches("|https?://.+");
        });
    }

    @Test
    default void tells_nothing_of_somebody_it_does_not_know() {
        assertThat(directory().find(DirectoryQuestions.NOBODY)).isEqualTo(new Found.Unknown());
    }

    /** Anybody can type a customer's e-mail address into a form. */
    @Test
    default void tells_nothing_to_somebody_who_only_says_who_they_are() {
        questions().tellsPretendersNothing();
    }

    @Test
    default void bears_a_subject_meant_to_be_something_else() {
        questions().bearsOddSubjects();
    }

    @Test
    default void answers_the_same_to_many_who_ask_at_once() {
        questions().sameAtOnce();
    }

    @Test
    default void has_an_answer_when_its_records_are_away() {
        questions().recordsAway();
    }

    @Test
    default void ends_when_it_is_interrupted_and_closes() throws InterruptedException {
        questions().endsAndCloses();
    }

    private DirectoryQuestions questions() {
        return new DirectoryQuestions(directory(), http(), known());
    }
}
