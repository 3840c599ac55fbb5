package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.story.TestPlatform;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeLegsTest {
    private TestPlatform platform;
    private HubFixture hub;

    @BeforeAll
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(platform);
    }

    @AfterAll
    void stop() {
        hub.close();
        platform.close();
    }

    @Test
    void a_question_is_stored_answered_and_handed_over() throws Exception {
        assertThat(platform.say(hub.port(), "q1", "anna", "is there anybody?")).isEqualTo(200);

        var replies = platform.await("anna", 1);

        assertThat(replies).singleElement().satisfies(reply -> {
            assertThat(reply.replyTo()).isEqualTo("q1");
            assertThat(reply.text()).contains("let a person help");
        });
    }

    @Test
    void a_call_that_is_brought_twice_is_answered_once() throws Exception {
        platform.say(hub.port(), "twice", "bert", "你好，在吗");
        assertThat(platform.say(hub.port(), "twice", "bert", "你好，在吗")).isEqualTo(200);
        platform.say(hub.port(), "after", "bert", "还有一个问题");

        assertThat(platform.await("bert", 2))
                .extracting(TestPlatform.Heard::replyTo)
                .containsExactly("twice", "after");
    }

    @Test
    void an_unsigned_call_is_refused_and_stores_nothing() throws Exception {
        var body = "{\"id\":\"forged\",\"from\":\"carl\",\"text\":\"hello\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(platform.post(hub.port(), body, "wrong secret")).isEqualTo(401);
        assertThat(platform.post(hub.port(), body, TestPlatform.SECRET)).isEqualTo(200);

        assertThat(platform.await("carl", 1)).hasSize(1);
    }

    @Test
    void a_platform_that_fails_gets_the_reply_again_until_it_has_it() throws Exception {
        platform.fail(500, 503);

        platform.say(hub.port(), "retry", "dora", "will this arrive?");

        assertThat(platform.await("dora", 1)).hasSize(1);
    }

    @Test
    void what_is_too_long_is_turned_away_politely_and_the_next_message_is_answered() throws Exception {
        platform.say(hub.port(), "long", "emil", "long ".repeat(1_000));
        platform.say(hub.port(), "short", "emil", "short question here");

        var replies = platform.await("emil", 2);

        assertThat(replies.getFirst().text()).contains("cannot be handled");
        assertThat(replies.getLast().replyTo()).isEqualTo("short");
    }

    @Test
    void what_is_taken_back_before_it_comes_is_not_answered_though_the_hub_restarts_in_between() throws Exception {
        assertThat(platform.takesBack(hub.port(), "gone")).isEqualTo(200);
        hub.restart();

        assertThat(platform.say(hub.port(), "gone", "gina", "is this a question?"))
                .isEqualTo(200);
        platform.say(hub.port(), "stays", "gina", "and is this one?");

        assertThat(platform.await("gina", 1))
                .extracting(TestPlatform.Heard::replyTo)
                .containsExactly("stays");
    }

    @Test
    void nothing_is_said_over_a_colleague_in_the_platforms_client_until_they_leave() throws Exception {
        assertThat(platform.colleagueSays(hub.port(), "c1", "hugo", "I am here"))
                .isEqualTo(200);
        platform.say(hub.port(), "with", "hugo", "can you help me?");
        try (var database = TestDatabase.open(hub.address())) {
            Eventually.holds(
                    () -> database.read(db -> db.createQuery("select state from message where external_id = 'with'")
                                    .mapTo(String.class)
                                    .one())
                            .equals("WAITING"));
        }

        assertThat(platform.colleagueLeaves(hub.port(), "hugo")).isEqualTo(200);
        platform.say(hub.port(), "without", "hugo", "is somebody still there?");

        assertThat(platform.await("hugo", 1))
                .extracting(TestPlatform.Heard::replyTo)
                .containsExactly("without");
    }

    @Test
    void a_restart_answers_what_had_been_acknowledged() throws Exception {
        for (var i = 0; i < 20; i++) platform.say(hub.port(), "restart-" + i, "fritz-" + i, "question " + i);

        hub.restart();

        for (var i = 0; i < 20; i++) assertThat(platform.await("fritz-" + i, 1)).hasSize(1);
    }
}
