package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.Database;
import io.kefuhub.core.story.TestPlatform;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A platform takes a reply, and the hub never hears that it did. */
class LostAnswerTest {
    @Test
    void a_platform_that_recognises_repeats_is_asked_until_it_answers() throws Exception {
        try (var platform = new TestPlatform();
                var hub = new HubFixture(platform)) {
            platform.loseNextAnswer();

            platform.say(hub.port(), "q1", "anna", "is there anybody?");

            assertThat(endOfReply(hub)).isEqualTo("SENT");
            assertThat(platform.calls()).isEqualTo(2);
            assertThat(platform.to("anna")).hasSize(1);
        }
    }

    @Test
    void a_platform_that_would_show_it_twice_is_asked_once() throws Exception {
        try (var platform = new TestPlatform();
                var hub = new HubFixture(platform, Map.of("recognises-repeats", "false"))) {
            platform.loseNextAnswer();

            platform.say(hub.port(), "q1", "anna", "is there anybody?");

            assertThat(endOfReply(hub)).isEqualTo("FAILED connection lost");
            assertThat(platform.calls()).isEqualTo(1);
            assertThat(platform.to("anna")).hasSize(1);
        }
    }

    private static String endOfReply(HubFixture hub) {
        var limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        try (var database = Database.open(hub.address())) {
            while (true) {
                var found = database.read(
                        db -> db.createQuery("""
                                select concat_ws(' ', state, trace ->> 'failure') from message
                                where author = 'BOT' and state <> 'READY'""").mapTo(String.class).findOne());
                if (found.isPresent()) return found.get();
                assertThat(System.nanoTime()).as("the reply comes to its end").isLessThan(limit);
                LockSupport.parkNanos(5_000_000);
            }
        }
    }
}
