package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.directory.Directory;
import io.kefuhub.api.directory.Found;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every directory must do, whoever wrote it. Implement it in your plugin's tests. */
public interface DirectoryContract {
    Directory directory();

    /** A verified contact it knows. */
    Contact known();

    @Test
    default void tells_of_a_verified_customer() {
        assertThat(directory().find(known())).isInstanceOf(Found.Known.class);
    }

    @Test
    default void tells_nothing_of_somebody_it_does_not_know() {
        assertThat(directory().find(new Contact("nobody-" + System.nanoTime(), true, "", Map.of())))
                .isEqualTo(new Found.Unknown());
    }

    /** Anybody can type a customer's e-mail address into a form. */
    @Test
    default void tells_nothing_to_somebody_who_only_says_who_they_are() {
        var pretender = new Contact("visitor-1", false, known().name(), known().attributes());

        assertThat(directory().find(pretender)).isEqualTo(new Found.Unknown());
    }

    @Test
    default void bears_a_subject_meant_to_be_something_else() {
        for (var subject : new String[] {"' or '1'='1", "*)(uid=*", "../../etc/passwd", "\u0000"}) {
            assertThat(directory().find(new Contact(subject, true, "", Map.of())))
                    .isNotInstanceOf(Found.Known.class);
        }
    }

    @Test
    default void closes() {
        directory().close();
    }
}
