package io.kefuhub.core.answering.knowledge;

import static io.kefuhub.core.answering.knowledge.KnowledgeRoom.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.Ids;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.CallWatch;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Role;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProposingTest {
    private static final String PROPOSALS = "/api/knowledge/proposals";
    private static final String CORRECTION =
            "{\"desk\":\"main\",\"question\":\"怎么退货？\",\"answer\":\"十五天内可退\",\"message\":\"0198c0de-0000-7000-8000-000000000001\"}";

    private final KnowledgeRoom room = new KnowledgeRoom();
    private final Proposing proposing =
            new Proposing(room.database, room.audit, new Ids(room.clock), room.clock, room.knowledge);
    private final Map<String, Caller> sessions = Map.of(
            "keeper", caller(Role.SUPERVISOR, Set.of()),
            "outlet", caller(Role.SUPERVISOR, Set.of(room.outlet)),
            "agent", caller(Role.AGENT, Set.of()));
    private final WebServer server = new WebServer(
            WebSettings.local(0),
            token -> Optional.ofNullable(sessions.get(token)),
            CallWatch.NONE,
            List.of(new ProposalRoutes(proposing, room::desks)));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        room.close();
    }

    @Test
    void what_an_agent_proposes_is_answered_only_when_somebody_has_published_it() {
        var proposed = as("agent").post(PROPOSALS, CORRECTION);

        assertThat(proposed.status()).isEqualTo(201);
        assertThat(proposed.json().get("origin").asText()).isEqualTo("correction");
        assertThat(proposed.json().get("language").asText()).isEqualTo("zh");
        assertThat(room.again()
                        .ask(room.main, Asker.anybody(EntryLanguage.ZH), "怎么退货")
                        .found())
                .isInstanceOf(Found.Nothing.class);
        var path = PROPOSALS + "/" + proposed.json().get("id").asText();
        var body = "{\"question\":\"怎么退货？\",\"answer\":\"签收后十五天内可退\"}";
        assertThat(as("agent").post(path + "/publish", body).status()).isEqualTo(403);

        var entry = as("keeper").post(path + "/publish", body);

        assertThat(entry.json().get("answer").asText()).isEqualTo("签收后十五天内可退");
        eventually(() -> room.direct(room.main, "怎么退货").equals(Optional.of("签收后十五天内可退")));
        assertThat(as("keeper").get(PROPOSALS).json().get("total").asInt()).isZero();
        assertThat(as("keeper").post(path + "/publish", body).status()).isEqualTo(404);
    }

    @Test
    void a_correction_of_an_entry_replaces_its_answer_only_where_that_is_said() {
        room.knowledge.create("anna", room.main, EntryContent.of(EntryLanguage.ZH, "怎么退货", List.of("退货流程"), "七天内可退"));
        var path = PROPOSALS + "/"
                + as("agent").post(PROPOSALS, CORRECTION).json().get("id").asText();

        assertThat(as("keeper")
                        .get(PROPOSALS)
                        .json()
                        .at("/proposals/0/existing/answer")
                        .asText())
                .isEqualTo("七天内可退");
        var body = "{\"question\":\"怎么退货？\",\"answer\":\"十五天内可退\"%s}";
        assertThat(as("keeper").post(path + "/publish", body.formatted("")).status())
                .isEqualTo(409);
        var replaced = as("keeper").post(path + "/publish", body.formatted(",\"replace\":true"));

        assertThat(replaced.json().get("answer").asText()).isEqualTo("十五天内可退");
        assertThat(replaced.json().at("/similar/0").asText()).isEqualTo("退货流程");
        assertThat(replaced.json().get("version").asInt()).isEqualTo(2);
    }

    @Test
    void who_corrects_the_same_answer_twice_has_one_proposal() {
        as("agent").post(PROPOSALS, CORRECTION);
        as("agent").post(PROPOSALS, CORRECTION.replace("十五", "三十"));

        var all = as("keeper").get(PROPOSALS).json();

        assertThat(all.get("total").asInt()).isEqualTo(1);
        assertThat(all.at("/proposals/0/answer").asText()).isEqualTo("三十天内可退");
    }

    @Test
    void a_proposal_is_dropped_by_those_of_its_desk_alone() {
        var path = PROPOSALS + "/"
                + as("agent").post(PROPOSALS, CORRECTION).json().get("id").asText();

        assertThat(as("outlet").get(PROPOSALS).json().get("proposals")).isEmpty();
        assertThat(as("outlet").post(path + "/dismiss").status()).isEqualTo(404);
        assertThat(as("keeper").post(path + "/dismiss").status()).isEqualTo(204);
        assertThat(as("keeper").post(path + "/dismiss").status()).isEqualTo(404);
        assertThat(room.audited()).contains("person:" + new UUID(0, Role.SUPERVISOR.ordinal()) + " proposal.dismissed");
    }

    @Test
    void what_no_entry_could_hold_is_refused_by_the_name_of_its_field() {
        var answer = as("agent").post(PROPOSALS, "{\"desk\":\"main\",\"question\":\"q\",\"answer\":\" \"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("field").asText()).isEqualTo("answer");
    }

    private Browser as(String who) {
        return new Browser(server.port())
                .with("Cookie", "kefuhub_session=" + who)
                .with("X-CSRF", "csrf");
    }

    private static Caller caller(Role role, Set<UUID> desks) {
        return new Caller(new UUID(0, role.ordinal()), role.name(), Set.of(role), desks, "csrf", false);
    }
}
