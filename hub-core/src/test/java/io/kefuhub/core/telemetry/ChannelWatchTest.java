package io.kefuhub.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Localized;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class ChannelWatchTest {
    private final ChannelWatch watch = new ChannelWatch(Clock.systemUTC());

    @Test
    void a_refusal_is_news_once_and_again_when_its_words_change_or_the_connection_was_up_meanwhile() {
        assertThat(watch.refused("bot", Localized.of("secret: wrong"))).isTrue();
        assertThat(watch.refused("bot", Localized.of("secret: wrong"))).isFalse();
        watch.line("bot", false);
        assertThat(watch.refused("bot", Localized.of("secret: wrong")))
                .as("lost because of it")
                .isFalse();
        assertThat(watch.refused("bot", Localized.of("bot-id: evicted"))).isTrue();

        watch.line("bot", true);

        assertThat(watch.standing("bot").line().orElseThrow().refused()).isEmpty();
        assertThat(watch.refused("bot", Localized.of("bot-id: evicted"))).isTrue();
    }

    @Test
    void another_generation_begins_without_the_refusal_of_the_one_before() {
        watch.refused("bot", Localized.of("secret: wrong"));

        watch.begins("bot");

        assertThat(watch.standing("bot").line()).isEmpty();
    }
}
