package io.kefuhub.ai.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Http.Outcome;
import io.kefuhub.api.ai.AiReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the client of the hub may say, and what the provider writes beside its answers. */
class ExchangeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static AiReply reply(Outcome outcome) {
        var ending = new Reading.Ending() {
            @Override
            public void soon() {}

            @Override
            public void now() {}
        };
        return new Reading(new Mute(), new AnswerSoFar(new Heard()), ending)
                .reply(outcome, "api.example.com", NOW, new Reason("sk-1"));
    }

    @Test
    void a_host_that_is_not_allowed_was_not_asked_unless_the_provider_sent_us_there() {
        assertThat(reply(new Outcome.NotAllowed("api.example.com")).dispatched())
                .isFalse();
        assertThat(reply(new Outcome.NotAllowed("elsewhere.example.com")).dispatched())
                .isTrue();
    }

    @Test
    void what_may_have_been_sent_is_told_as_the_client_told_it() {
        for (var dispatched : List.of(true, false)) {
            assertThat(reply(new Outcome.TimedOut(dispatched)).dispatched()).isEqualTo(dispatched);
            assertThat(reply(new Outcome.Failed(dispatched, "cut")).dispatched())
                    .isEqualTo(dispatched);
            assertThat(reply(new Outcome.Cancelled(dispatched))).isInstanceOf(AiReply.Cancelled.class);
        }
    }

    @Test
    void a_redirect_that_was_not_followed_is_no_answer() {
        assertThat(reply(new Outcome.Answered(302, Map.of(), ""))).isInstanceOf(AiReply.Broken.class);
    }

    @Test
    void pauses_are_read_as_seconds_thousandths_and_dates_and_never_go_wild() {
        assertThat(pause("Retry-After", "7")).contains(Duration.ofSeconds(7));
        assertThat(pause("retry-after", "1.5")).contains(Duration.ofMillis(1_500));
        assertThat(pause("retry-after-ms", "250")).contains(Duration.ofMillis(250));
        assertThat(pause("Retry-After", "Thu, 01 Jan 2026 00:00:30 GMT")).contains(Duration.ofSeconds(30));
        assertThat(pause("Retry-After", "Wed, 31 Dec 2025 00:00:30 GMT")).contains(Duration.ZERO);
        assertThat(pause("Retry-After", "999999999")).contains(Duration.ofDays(1));
        assertThat(pause("Retry-After", "soon")).isEmpty();
        assertThat(pause("Retry-After", "-1")).isEmpty();
        assertThat(pause("X-Other", "1")).isEmpty();
    }

    private static Optional<Duration> pause(String name, String value) {
        return RetryAfter.of(Map.of(name, List.of(value)), NOW);
    }

    @Test
    void a_reason_is_short_and_without_the_key() {
        var reason = new Reason("sk-1").of(500, "bad\nkey sk-1 " + "x".repeat(500));

        assertThat(reason)
                .startsWith("the provider answered with status 500: bad key … xxx")
                .hasSizeLessThan(260);
    }

    @Test
    void json_is_read_to_its_end_or_not_at_all() {
        assertThat(Json.object("{\"a\":1} x")).isEmpty();
        assertThat(Json.object("{\"a\":")).isEmpty();
        assertThat(Json.object("[1]")).isEmpty();
        assertThat(Json.object("")).isEmpty();
        assertThat(Json.object("[".repeat(5_000))).isEmpty();
        assertThat(Json.object("{\"a\":null,\"b\":[1,2.5,\"x\",true,null]}"))
                .contains(new JsonObject(Map.of("b", List.of(1L, 2.5, "x", true))));
    }
}
