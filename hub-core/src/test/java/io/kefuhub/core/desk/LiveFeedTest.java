package io.kefuhub.core.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveFeedTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private DeskFixture hub;

    @SuppressWarnings("NullAway.Init")
    private Browser li;

    @BeforeEach
    void open() {
        hub = new DeskFixture(folder);
        li = hub.works("li", Role.AGENT);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_waiting_customer_is_heard_of_at_once_and_counted() throws Exception {
        try (var console = new Console(li, "")) {
            assertThat(console.hears("hello").data().get("stream").asText()).contains("-");

            var anna = hub.waits("anna", "转人工");

            var inbox = console.hears(
                    "inbox", summary -> summary.get("mode").asText().equals("waiting"));
            assertThat(inbox.data().get("id").asText()).isEqualTo(anna.toString());
            assertThat(inbox.data().at("/lastText").asText()).isEqualTo("转人工");
            assertThat(inbox.id()).isNotEmpty();
            // Counted once a second, so perhaps before the conversation's change is told.
            Predicate<JsonNode> counted = counts ->
                    counts.path("waiting").asInt() == 1 && counts.path("all").asInt() == 1;
            if (console.heard().stream().noneMatch(news -> counted.test(news.data()))) console.hears("counts", counted);
            console.hears("ping");
        }
    }

    @Test
    void reviewers_hear_at_once_that_a_message_is_kept_and_everybody_else_does_not() throws Exception {
        var anna = hub.says("anna", "hello");
        try (var reviewer = new Console(hub.works("vera", Role.SUPERVISOR), "");
                var console = new Console(li, "")) {
            reviewer.hears("hello");
            console.hears("hello");

            hub.keeps(anna);

            assertThat(reviewer.hears("review").data().get("conversation").asText())
                    .isEqualTo(anna.toString());
            reviewer.hears("counts", counts -> counts.path("held").asInt() == 1);
            console.hears("counts", counts -> counts.path("held").asInt() == 0);
            assertThat(console.heard()).extracting(Console.News::name).doesNotContain("review");
        }
    }

    @Test
    void a_watched_conversation_is_told_event_by_event_without_a_gap() throws Exception {
        var anna = hub.says("anna", "1");
        hub.says("anna", "2");
        try (var console = new Console(li, "?conversation=" + anna + "&after=1")) {
            assertThat(console.hears("event").data().at("/event/feed").asInt()).isEqualTo(2);

            IntStream.rangeClosed(3, 50).forEach(i -> hub.says("anna", String.valueOf(i)));

            for (var feed = 3; feed <= 50; feed++) {
                var event = console.hears("event").data();
                assertThat(event.at("/event/feed").asInt()).isEqualTo(feed);
                assertThat(event.at("/event/message/parts/0/text").asText()).isEqualTo(String.valueOf(feed));
                assertThat(event.get("conversation").asText()).isEqualTo(anna.toString());
            }
        }
    }

    @Test
    void a_chatty_conversation_changes_the_inbox_four_times_a_second_at_most() throws Exception {
        try (var console = new Console(li, "")) {
            console.hears("hello");
            var start = System.nanoTime();

            IntStream.rangeClosed(1, 300).forEach(i -> hub.says("anna", String.valueOf(i)));
            console.hears("inbox", summary -> summary.get("lastText").asText().equals("300"));

            var seconds = (System.nanoTime() - start) / 1e9;
            var changes = console.heard().stream()
                    .filter(news -> news.name().equals("inbox"))
                    .count();
            assertThat(changes).isLessThanOrEqualTo((long) (seconds * 4) + 2);
        }
    }

    @Test
    void typing_is_told_to_who_watches_and_kept_nowhere() throws Exception {
        var anna = hub.says("anna", "hello");
        try (var console = new Console(li, "?conversation=" + anna)) {
            console.hears("hello");

            hub.talk.presences.publish(new Presence.CustomerTyping(new ConversationId(anna), true));

            var typing = console.hears("typing").data();
            assertThat(typing.at("/author/kind").asText()).isEqualTo("customer");
            assertThat(typing.get("on").asBoolean()).isTrue();
        }
    }

    @Test
    void an_agents_typing_reaches_the_conversation_only_from_who_has_it() throws Exception {
        var anna = hub.waits("anna", "hello");
        var chen = hub.works("chen", Role.AGENT);
        li.post(hub.path(anna, "take"));
        try (var console = new Console(chen, "?conversation=" + anna)) {
            console.hears("hello");
            chen.post(hub.path(anna, "typing"), "{\"on\":true}");
            li.post(hub.path(anna, "typing"), "{\"on\":true}");

            assertThat(console.hears("typing").data().at("/author/name").asText())
                    .isEqualTo("li");
        }
    }

    @Test
    void who_was_away_for_a_moment_gets_what_was_missed() throws Exception {
        String last;
        try (var console = new Console(li, "")) {
            console.hears("hello");
            hub.says("anna", "1");
            last = console.hears("inbox").id();
        }
        var bert = hub.says("bert", "2");
        try (var other = new Console(hub.works("chen", Role.AGENT), "")) {
            // Once somebody else has heard of it, it has been recorded.
            hub.says("carl", "3");
            other.hears("inbox", summary -> summary.get("lastText").asText().equals("3"));
        }

        try (var console = new Console(li.with("Last-Event-ID", last), "")) {
            console.hears("inbox", summary -> summary.get("id").asText().equals(bert.toString()));
            assertThat(console.heard()).noneMatch(news -> news.name().equals("reset"));
        }
    }

    @Test
    void who_was_away_for_too_long_is_told_to_begin_anew() throws Exception {
        try (var console = new Console(li.with("Last-Event-ID", "other-17"), "")) {
            assertThat(console.hears("reset").data().get("stream").asText()).isNotEmpty();
        }
        assertThat(new LiveRing("boot").after("boot-x")).isEmpty();
        assertThat(new LiveRing("boot").after("boot-1")).isEmpty();
        assertThat(new LiveRing("boot").after("boot-0")).contains(java.util.List.of());
    }

    @Test
    void a_stream_shows_only_the_desks_of_its_reader() throws Exception {
        try (var console = new Console(hub.works("chen", Role.AGENT, new UUID(0, 9)), "");
                var mine = new Console(li, "")) {
            console.hears("hello");
            mine.hears("hello");
            hub.says("anna", "1");
            mine.hears("inbox");

            console.hears("ping");
            console.hears("ping");
            assertThat(console.heard()).noneMatch(news -> news.name().equals("inbox"));
        }
    }

    @Test
    void who_sets_the_hub_up_hears_how_its_files_fare_and_nobody_else_does() throws Exception {
        hub.room.provisioned(new Provisioned(2, Instant.EPOCH));
        try (var admin = new Console(hub.works("admin", Role.ADMIN), "");
                var agent = new Console(li, "")) {
            assertThat(admin.hears("provisioning").data().get("problems").asInt())
                    .isEqualTo(2);
            agent.hears("hello");

            hub.room.provisioned(new Provisioned(0, Instant.EPOCH));

            assertThat(admin.hears("provisioning").data().get("problems").asInt())
                    .isZero();
            agent.hears("ping");
            agent.hears("ping");
            assertThat(agent.heard()).noneMatch(news -> news.name().equals("provisioning"));
        }
    }

    @Test
    void who_sets_the_hub_up_hears_what_of_models_and_money_wants_a_person_and_nobody_else_does() throws Exception {
        hub.room.concerned(new Concerned(1, 2, Instant.EPOCH));
        try (var owner = new Console(hub.works("owner", Role.OWNER), "");
                var agent = new Console(li, "")) {
            var now = owner.hears("concerns").data();
            assertThat(now.get("models").asInt()).isEqualTo(1);
            assertThat(now.get("budgets").asInt()).isEqualTo(2);
            agent.hears("hello");

            hub.room.concerned(new Concerned(0, 2, Instant.EPOCH));

            assertThat(owner.hears("concerns").data().get("models").asInt()).isZero();
            agent.hears("ping");
            agent.hears("ping");
            assertThat(agent.heard()).noneMatch(news -> news.name().equals("concerns"));
        }
    }

    @Test
    void a_stream_ends_with_the_session() throws Exception {
        try (var console = new Console(li, "")) {
            console.hears("hello");
            li.delete("/api/session");

            console.isCutOff();
        }
    }

    @Test
    void closing_the_room_ends_every_stream() throws Exception {
        try (var console = new Console(li, "")) {
            console.hears("hello");
            assertThat(hub.room.watching()).isEqualTo(1);

            hub.room.close();

            console.isCutOff();
        }
    }
}
