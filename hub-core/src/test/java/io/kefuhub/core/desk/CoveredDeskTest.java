package io.kefuhub.core.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.Used;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents see of personal data, who may not see it. */
class CoveredDeskTest {
    private static final String PHONE = "13800138000";
    private static final String COVERED = "138****8000";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private DeskFixture hub;

    @SuppressWarnings("NullAway.Init")
    private Browser agent;

    @SuppressWarnings("NullAway.Init")
    private Browser supervisor;

    @BeforeEach
    void open() {
        hub = new DeskFixture(folder);
        agent = hub.works("li", Role.AGENT);
        supervisor = hub.works("wang", Role.SUPERVISOR);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void who_may_not_see_it_sees_it_nowhere_and_who_may_sees_it_everywhere() {
        covers();
        var confidant = hub.works("zhang", Set.of(Role.AGENT, Role.CONFIDANT));
        var anna = hub.waits("anna", "call " + PHONE);
        supervisor.post(hub.path(anna, "note"), "{\"cid\":\"n1\",\"text\":\"she is at " + PHONE + "\"}");

        for (var path : List.of(
                "/api/conversations?view=all",
                "/api/conversations/" + anna,
                hub.path(anna, "events"),
                hub.path(anna, "events?after=0"))) {
            assertThat(agent.get(path).text()).as(path).contains(COVERED).doesNotContain(PHONE);
            assertThat(supervisor.get(path).text()).as(path).contains(PHONE).doesNotContain(COVERED);
            assertThat(confidant.get(path).text()).as(path).contains(PHONE);
        }
        assertThat(agent.get(hub.path(anna, "events")).text()).contains("she is at " + COVERED);
        assertThat(agent.post(hub.path(anna, "take")).text()).contains(COVERED).doesNotContain(PHONE);
    }

    @Test
    void the_live_feed_covers_it_too_and_shows_no_answer_that_still_grows() throws Exception {
        covers();
        var anna = hub.waits("anna", "hello");
        try (var console = new Console(agent, "?conversation=" + anna)) {
            console.hears("hello");
            hub.talk.presences.publish(new Presence.Drafted(new ConversationId(anna), "a", "call 138001"));
            hub.says("anna", "call " + PHONE);

            console.hears(
                    "event",
                    event -> event.at("/event/message/parts/0/text").asText().equals("call " + COVERED));
            console.hears("inbox", summary -> summary.at("/lastText").asText().equals("call " + COVERED));
            assertThat(console.heard())
                    .noneMatch(news -> news.name().equals("draft")
                            || news.data().toString().contains(PHONE));
        }
    }

    @Test
    void nobody_finds_by_searching_what_is_covered_before_them() {
        covers();
        hub.waits("anna", "call " + PHONE);

        for (var words : List.of(PHONE, "1380013", "80013")) {
            assertThat(found(agent, words)).as(words).isZero();
            assertThat(found(supervisor, words)).as(words).isOne();
        }
        assertThat(found(agent, "CALL 138")).isOne();
        assertThat(found(agent, "call")).isOne();
    }

    @Test
    void words_that_are_proposed_are_covered_too_but_for_an_agents_own() {
        covers();
        var anna = hub.waits("anna", "call " + PHONE);
        hub.draftAlias = Optional.of("chat");
        hub.models = (_, _, _) -> new ModelOutcome.Answered("We call " + PHONE, AiReply.Finish.STOP, Used.NOTHING);

        assertThat(agent.post(hub.path(anna, "draft"), "{\"kind\":\"summary\"}").text())
                .contains(COVERED)
                .doesNotContain(PHONE);
        assertThat(supervisor
                        .post(hub.path(anna, "draft"), "{\"kind\":\"summary\"}")
                        .text())
                .contains(PHONE);
        assertThat(agent.post(hub.path(anna, "draft"), "{\"kind\":\"improve\",\"text\":\"call " + PHONE + "\"}")
                        .text())
                .contains(PHONE);
    }

    @Test
    void what_a_filter_holds_is_hidden_whole() {
        serves(_ -> Verdict.hold("not sure"));
        var anna = hub.waits("anna", "hello");

        assertThat(agent.get(hub.path(anna, "events")).text()).contains("***").doesNotContain("hello");
        assertThat(supervisor.get(hub.path(anna, "events")).text()).contains("hello");
    }

    @Test
    void where_no_filter_covers_anything_agents_see_all() {
        var anna = hub.waits("anna", "call " + PHONE);

        assertThat(agent.get(hub.path(anna, "events")).text()).contains(PHONE);
        assertThat(found(agent, PHONE)).isOne();
    }

    private static int found(Browser who, String words) {
        return who.get("/api/conversations?view=all&q=" + words.replace(" ", "%20"))
                .json()
                .get("conversations")
                .size();
    }

    private void covers() {
        serves(message -> Verdict.rewrite(message.parts().stream()
                .<Part>map(part -> new Part.Text(((Part.Text) part).value().replace(PHONE, COVERED)))
                .toList()));
    }

    private interface Judge {
        Verdict of(Message message);
    }

    private void serves(Judge judge) {
        hub.contributions.replace(Slot.<Filter>of(Kind.FILTER, "covering", new Filter() {
            @Override
            public Set<Stage> stages() {
                return Set.of(Stage.TO_AGENT);
            }

            @Override
            public Verdict apply(Message message, Facts facts, Stage stage) {
                return judge.of(message);
            }
        }));
    }
}
