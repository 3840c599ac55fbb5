package io.kefuhub.core.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.HubFixture;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An admin lets the hub say things in other words, in a whole hub. */
class SentencesTest {
    private TestPlatform platform;
    private HubFixture hub;
    private Browser owner;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(platform);
        owner = hub.owner();
    }

    @AfterEach
    void stop() {
        hub.close();
        platform.close();
    }

    @Test
    void what_is_worded_otherwise_is_said_from_the_next_message_on_survives_a_restart_and_can_be_taken_back()
            throws Exception {
        assertThat(heard("anna", "转人工")).isEqualTo("正在为您转接人工客服，请稍候。");

        var changed = owner.put("/api/sentences/main", """
                {"key": "handed-over", "language": "zh-CN", "text": " 松林小铺马上来人。 "}""");

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(heard("bert", "转人工")).isEqualTo("松林小铺马上来人。");
        assertThat(heard("carl", "talk to a human")).startsWith("I’m getting a person");
        assertThat(owner.get("/api/audit?subject=desk:main")
                        .json()
                        .at("/entries/0/action")
                        .asText())
                .isEqualTo("sentence.changed");
        hub.restart();
        assertThat(heard("dora", "转人工")).isEqualTo("松林小铺马上来人。");

        owner = new Browser(hub.port());
        owner.signIn("owner", "correct horse battery");
        owner.put("/api/sentences/main", "{\"key\": \"handed-over\", \"language\": \"zh-CN\"}");
        assertThat(heard("emma", "转人工")).isEqualTo("正在为您转接人工客服，请稍候。");
    }

    @Test
    void what_a_button_for_a_person_says_in_other_words_is_understood_from_then_on_and_for_good() throws Exception {
        assertThat(heard("anna", "Summon the squirrel!")).doesNotStartWith("I’m getting a person");

        owner.put("/api/sentences/main", """
                {"key": "talk-to-person", "language": "en", "text": "Summon the squirrel"}""");

        assertThat(heard("bert", "Summon the squirrel!")).startsWith("I’m getting a person");
        owner.put("/api/sentences/main", """
                {"key": "talk-to-person", "language": "en", "text": "Wake the owl"}""");
        hub.restart();
        assertThat(heard("carl", "summon the squirrel")).startsWith("I’m getting a person");
        assertThat(heard("dora", "Wake the owl")).startsWith("I’m getting a person");
        assertThat(heard("emma", "Talk to a person")).startsWith("I’m getting a person");
    }

    @Test
    void what_cannot_be_worded_otherwise_is_refused_and_says_what_is_wrong() {
        refused("key", "{\"key\": \"talk-to-nobody\", \"language\": \"en\", \"text\": \"x\"}");
        refused("language", "{\"key\": \"refused\", \"language\": \"xx\", \"text\": \"x\"}");
        refused("text", "{\"key\": \"refused\", \"language\": \"en\", \"text\": \"" + "x".repeat(501) + "\"}");
        refused("text", "{\"key\": \"menu-person\", \"language\": \"en\", \"text\": \"" + "x".repeat(41) + "\"}");
        assertThat(owner.get("/api/sentences/nowhere").status()).isEqualTo(404);
    }

    private void refused(String field, String change) {
        var answer = owner.put("/api/sentences/main", change);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("field").asText()).isEqualTo(field);
    }

    private String heard(String customer, String said) throws Exception {
        platform.say(hub.port(), customer + "-1", customer, said);
        platform.await(customer, 1);
        return platform.to(customer).getFirst().text();
    }
}
