package io.kefuhub.api.kit;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every factory must do, whatever it makes. Implement it in your plugin's tests. */
public interface FactoryContract {
    Contribution factory();

    /** Values with which an instance works, by key. */
    Map<String, String> values();

    /** Makes an instance as the hub would: {@code factory.create(settings, context)}. */
    AutoCloseable create(Settings settings);

    @Test
    default void describes_itself_the_same_every_time() {
        questions().describesItself();
    }

    @Test
    default void makes_an_instance_from_good_settings_and_closes_it() throws Exception {
        questions().makesAndCloses();
    }

    @Test
    default void makes_two_instances_that_know_nothing_of_each_other() throws Exception {
        questions().makesTwo();
    }

    @Test
    default void names_the_key_of_a_required_setting_that_is_missing() {
        questions().namesMissing();
    }

    @Test
    default void names_the_key_of_a_setting_that_cannot_be_read() {
        questions().namesUnreadable();
    }

    private FactoryQuestions questions() {
        return new FactoryQuestions(() -> factory().description(), values(), this::create);
    }
}
