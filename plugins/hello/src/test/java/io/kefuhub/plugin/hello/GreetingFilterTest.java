package io.kefuhub.plugin.hello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.kit.FactoryContract;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.kit.FilterContract;
import io.kefuhub.api.kit.Messages;
import io.kefuhub.api.kit.SomeFacts;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract kit asks what every filter must do; the rest is what this one is for. */
class GreetingFilterTest implements FilterContract, FactoryContract {
    private final FakeContext context = new FakeContext("greeting-1");
    private final Filter filter = create(Settings.of(values()));

    @AfterEach
    void end() {
        context.close();
    }

    @Override
    public Filter filter() {
        return filter;
    }

    @Override
    public Contribution factory() {
        return new GreetingFilterFactory();
    }

    @Override
    public Map<String, String> values() {
        return Map.of();
    }

    @Override
    public Filter create(Settings settings) {
        return new GreetingFilterFactory().create(settings, context);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "Hi there", " GOOD MORNING!", "你好请问怎么退货", "您好"})
    void a_greeting_is_tagged_and_passes(String text) {
        assertThat(apply(text)).isEqualTo(new Verdict.Pass(Set.of("greeting")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"history", "Where is my parcel?", "I said hello"})
    void everything_else_passes_as_it_is(String text) {
        assertThat(apply(text)).isEqualTo(Verdict.pass());
    }

    @Test
    void a_tag_that_is_too_long_is_named() {
        assertThatThrownBy(() -> create(Settings.of(Map.of("tag", "x".repeat(41)))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("tag: at most 40 characters");
    }

    @Test
    void the_plugin_offers_it() {
        assertThat(new HelloPlugin().contributions())
                .singleElement()
                .satisfies(offered -> assertThat(offered.description().id()).isEqualTo("greeting"));
    }

    private Verdict apply(String text) {
        return filter.apply(Messages.fromCustomer(text), SomeFacts.english(), Stage.CUSTOMER_IN);
    }
}
