package io.kefuhub.core.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Quote;
import io.kefuhub.core.conversation.Revision;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.Role;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskTest {
    private static final Instant THEN = Instant.parse("2026-11-26T08:00:00Z");

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
    void a_waiting_customer_is_taken_answered_and_closed() {
        var anna = hub.waits("anna", "where is my parcel?");

        assertThat(ids(li.get("/api/conversations?view=waiting"))).containsExactly(anna);
        var taken = li.post(hub.path(anna, "take"));
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.json().get("mode").asText()).isEqualTo("agent");
        assertThat(taken.json().at("/assignee/name").asText()).isEqualTo("li");
        assertThat(ids(li.get("/api/conversations?view=mine"))).containsExactly(anna);
        assertThat(li.get("/api/conversations").json().at("/counts/mine").asInt())
                .isEqualTo(1);

        assertThat(reply(li, anna, "c1", "on its way").status()).isEqualTo(200);
        assertThat(li.post(hub.path(anna, "close")).json().get("mode").asText()).isEqualTo("closed");

        assertThat(kinds(anna)).containsExactly("message", "state", "state", "message", "state");
        assertThat(events(anna)).extracting(event -> event.get("feed").asInt()).containsExactly(1, 2, 3, 4, 5);
        assertThat(events(anna).get(3).at("/message/cid").asText()).isEqualTo("c1");
        assertThat(events(anna).get(3).at("/message/author/name").asText()).isEqualTo("li");
    }

    @Test
    void what_was_taken_back_is_hidden_from_agents_and_kept_for_supervisors_and_what_was_changed_shows_both() {
        var anna = hub.says("anna", "my password is hunter2");
        var mei = hub.works("mei", Role.SUPERVISOR);
        var key = key(anna);
        var now = List.<Part>of(new Part.Text("my password has changed"));
        revise(
                key,
                new Revision.Edited(now, Optional.of(new Revision.Judged(now, "", parts("my password is ***"))), THEN));

        var edited = said(li, anna);
        assertThat(edited.at("/parts/0/text").asText()).isEqualTo("my password has changed");
        assertThat(edited.at("/edits/former/0/parts/0/text").asText()).isEqualTo("my password is ***");
        revise(key, new Revision.TakenBack(THEN.plusSeconds(1)));

        for (var one : List.of(said(li, anna), said(mei, anna))) {
            assertThat(one.get("state").asText()).isEqualTo("TAKEN_BACK");
        }
        assertThat(said(li, anna).get("parts")).isEmpty();
        assertThat(said(li, anna).has("edits")).isFalse();
        assertThat(said(mei, anna).at("/parts/0/text").asText()).isEqualTo("my password has changed");
        assertThat(li.get("/api/conversations?view=all").text()).doesNotContain("password");
        assertThat(ids(li.get("/api/conversations?view=all&q=password"))).isEmpty();
    }

    @Test
    void an_agent_may_take_a_conversation_from_who_answers_in_the_platforms_client() {
        var anna = hub.says("anna", "hello");
        hub.talk
                .journal
                .write(new ConversationId(anna), Step.of(page -> {
                    page.enter(
                            Mode.AGENT,
                            Optional.of(Assignee.elsewhere(page.place().channel(), "wang", "Wang")));
                    return page.say(
                            hub.talk.utterance(Speaker.elsewhere("Wang"), MessageState.SENT, "c1", "I am here"));
                }))
                .join();

        assertThat(events(anna).getLast().at("/message/author/elsewhere").asBoolean())
                .isTrue();
        assertThat(events(anna).getLast().at("/message/author/name").asText()).isEqualTo("Wang");
        assertThat(li.post(hub.path(anna, "take")).status()).isEqualTo(200);
        assertThat(reply(li, anna, "c1", "now I am").status()).isEqualTo(200);
    }

    private void revise(Messages.Key key, Revision revision) {
        assertThat(hub.talk.journal.revise(key, revision).join()).isEqualTo(Revision.Outcome.DONE);
    }

    private Messages.Key key(UUID conversation) {
        return hub.talk.database.read(
                db -> db.createQuery("select external_id from message where conversation_id = :id")
                        .bind("id", conversation)
                        .map((rs, _) -> new Messages.Key(hub.talk.channel, rs.getString(1)))
                        .one());
    }

    private static List<Part> parts(String text) {
        return List.of(new Part.Text(text));
    }

    private JsonNode said(Browser who, UUID conversation) {
        return who.get(hub.path(conversation, "events")).json().at("/events/0/message");
    }

    @Test
    void a_repeated_reply_is_said_once() {
        var anna = hub.waits("anna", "hello?");
        li.post(hub.path(anna, "take"));

        var first = reply(li, anna, "c1", "hi");
        var second = reply(li, anna, "c1", "hi");

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(kinds(anna)).containsExactly("message", "state", "state", "message");
    }

    @Test
    void only_one_agent_speaks_and_the_other_is_told_who() {
        var chen = hub.works("chen", Role.AGENT);
        var anna = hub.waits("anna", "hello?");
        li.post(hub.path(anna, "take"));

        for (var refused : List.of(
                chen.post(hub.path(anna, "take")),
                reply(chen, anna, "c1", "me too"),
                chen.post(hub.path(anna, "hand-back")),
                chen.post(hub.path(anna, "close")))) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().get("type").asText()).isEqualTo("/problems/taken");
            assertThat(refused.json().at("/assignee/name").asText()).isEqualTo("li");
        }
        assertThat(li.post(hub.path(anna, "take")).status()).isEqualTo(200);
    }

    @Test
    void a_supervisor_may_take_over_and_an_agent_may_not() {
        var chen = hub.works("chen", Role.AGENT);
        var wang = hub.works("wang", Role.SUPERVISOR);
        var anna = hub.waits("anna", "hello?");
        li.post(hub.path(anna, "take"));

        assertThat(chen.post(hub.path(anna, "take"), "{\"force\":true}").status())
                .isEqualTo(403);
        assertThat(wang.post(hub.path(anna, "take")).status()).isEqualTo(409);
        var taken = wang.post(hub.path(anna, "take"), "{\"force\":true}");

        assertThat(taken.json().at("/assignee/name").asText()).isEqualTo("wang");
        assertThat(reply(li, anna, "c1", "mine!").status()).isEqualTo(409);
    }

    @Test
    void two_who_take_at_once_are_told_apart() throws InterruptedException {
        var chen = hub.works("chen", Role.AGENT);
        var anna = hub.waits("anna", "hello?");
        var answers = java.util.Collections.synchronizedList(new ArrayList<Integer>());

        var threads = List.of(li, chen).stream()
                .map(agent -> Thread.ofVirtual()
                        .start(() ->
                                answers.add(agent.post(hub.path(anna, "take")).status())))
                .toList();
        for (var thread : threads) thread.join();

        assertThat(answers).containsExactlyInAnyOrder(200, 409);
    }

    @Test
    void nobody_speaks_before_taking() {
        var anna = hub.waits("anna", "hello?");

        assertThat(reply(li, anna, "c1", "hi").json().get("type").asText()).isEqualTo("/problems/not-taken");
    }

    @Test
    void handing_back_raises_the_epoch_and_lets_the_bot_speak() {
        var anna = hub.waits("anna", "hello?");
        var epoch = li.post(hub.path(anna, "take")).json().get("epoch").asInt();

        var back = li.post(hub.path(anna, "hand-back")).json();

        assertThat(back.get("mode").asText()).isEqualTo("bot");
        assertThat(back.get("epoch").asInt()).isGreaterThan(epoch);
        assertThat(back.has("assignee")).isFalse();
    }

    @Test
    void a_note_is_for_agents_and_a_repeat_writes_it_once() {
        var anna = hub.says("anna", "hello?");

        var first = li.post(hub.path(anna, "note"), "{\"cid\":\"n1\",\"text\":\"<script>老客户\"}");
        var second = li.post(hub.path(anna, "note"), "{\"cid\":\"n1\",\"text\":\"<script>老客户\"}");

        assertThat(second.text()).isEqualTo(first.text());
        var note = events(anna).get(1);
        assertThat(note.get("kind").asText()).isEqualTo("note");
        assertThat(note.has("seq")).isFalse();
        assertThat(note.at("/note/text").asText()).isEqualTo("<script>老客户");
        assertThat(note.at("/note/id")).isEqualTo(first.json().get("id"));
        assertThat(note.at("/note/cid").asText()).isEqualTo("n1");
        assertThat(events(anna)).hasSize(2);
    }

    @Test
    void agents_see_what_a_message_replies_to_and_which_one_was_rated() {
        var anna = hub.says("anna", "which one?");
        var asked = UUID.fromString(events(anna).getFirst().at("/message/id").asText());
        var quote = new Quote(new MessageId(asked), Speaker.Kind.AGENT, "Li", "this <b>one</b>");
        var reply = hub.talk
                .utterance(Speaker.CUSTOMER, MessageState.RECEIVED, "anna:re", "yes")
                .withReplyTo(quote);
        hub.talk
                .journal
                .write(new ConversationId(anna), Step.of(page -> {
                    page.say(reply);
                    page.rate(Optional.of(reply.id()), 2, "meh");
                    page.rate(Optional.empty(), 5, "");
                    return true;
                }))
                .join();

        var seen = events(anna);

        assertThat(seen.get(0).at("/message").has("replyTo")).isFalse();
        assertThat(seen.get(1).at("/message/replyTo/id").asText()).isEqualTo(asked.toString());
        assertThat(seen.get(1).at("/message/replyTo/author/name").asText()).isEqualTo("Li");
        assertThat(seen.get(1).at("/message/replyTo/text").asText()).isEqualTo("this <b>one</b>");
        assertThat(seen.get(2).get("messageId").asText()).isEqualTo(reply.id().toString());
        assertThat(seen.get(2).get("score").asInt()).isEqualTo(2);
        assertThat(seen.get(3).has("messageId")).isFalse();
    }

    @Test
    void the_read_mark_grows_and_is_the_speakers() {
        var chen = hub.works("chen", Role.AGENT);
        var anna = hub.waits("anna", "hello?");
        li.post(hub.path(anna, "take"));

        assertThat(chen.post(hub.path(anna, "read"), "{\"upTo\":1}").status()).isEqualTo(204);
        assertThat(detail(anna).get("agentReadSeq").asInt()).isZero();
        li.post(hub.path(anna, "read"), "{\"upTo\":2}");
        li.post(hub.path(anna, "read"), "{\"upTo\":1}");

        assertThat(detail(anna).get("agentReadSeq").asInt()).isEqualTo(2);
        assertThat(detail(anna).get("unread").asInt()).isZero();
    }

    @Test
    void every_action_is_in_the_audit_log_with_who_did_it() {
        var anna = hub.waits("anna", "hello?");
        li.post(hub.path(anna, "take"));
        reply(li, anna, "c1", "hi");
        li.post(hub.path(anna, "note"), "{\"cid\":\"n1\",\"text\":\"x\"}");
        li.post(hub.path(anna, "hand-back"));
        li.post(hub.path(anna, "close"));

        var me = "person:" + li.get("/api/session").json().at("/person/id").asText();
        var actions = hub.talk.database.read(db -> hub.audit.before(db, Long.MAX_VALUE, me, "", 100)).stream()
                .map(line -> line.entry().action())
                .filter(action -> action.startsWith("conversation."))
                .toList();

        assertThat(actions)
                .containsExactly(
                        "conversation.closed",
                        "conversation.handed-back",
                        "conversation.noted",
                        "conversation.replied",
                        "conversation.taken");
    }

    @Test
    void an_agent_of_another_desk_finds_nothing() {
        var anna = hub.waits("anna", "hello?");
        var other = hub.works("chen", Role.AGENT, new UUID(0, 9));

        assertThat(ids(other.get("/api/conversations?view=all"))).isEmpty();
        assertThat(other.get("/api/conversations?view=all")
                        .json()
                        .at("/counts/waiting")
                        .asInt())
                .isZero();
        assertThat(other.get("/api/conversations/" + anna).status()).isEqualTo(404);
        assertThat(other.post(hub.path(anna, "take")).status()).isEqualTo(404);
        assertThat(other.get("/api/stream?conversation=" + anna).status()).isEqualTo(404);
        assertThat(li.get("/api/conversations/" + new UUID(1, 1)).status()).isEqualTo(404);
        assertThat(li.get("/api/conversations/nonsense").status()).isEqualTo(404);
    }

    @Test
    void an_auditor_does_not_read_conversations() {
        var auditor = hub.works("zhao", Role.AUDITOR);

        assertThat(auditor.get("/api/conversations").status()).isEqualTo(403);
    }

    @Test
    void pages_of_the_inbox_follow_each_other_without_gap_or_double() {
        var all = IntStream.range(0, 23)
                .mapToObj(i -> hub.waits("visitor" + i, "question " + i))
                .toList();

        for (var view : List.of("all", "waiting")) {
            var seen = new ArrayList<UUID>();
            var next = "";
            do {
                var page =
                        li.get("/api/conversations?limit=10&view=" + view + (next.isEmpty() ? "" : "&before=" + next));
                seen.addAll(ids(page));
                next = page.json().path("next").asText();
            } while (!next.isEmpty());
            assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
            if (view.equals("waiting")) assertThat(seen).containsExactlyElementsOf(all);
        }
        assertThat(li.get("/api/conversations?before=nonsense").status()).isEqualTo(400);
        assertThat(li.get("/api/conversations?limit=1000").json().get("field").asText())
                .isEqualTo("limit");
    }

    @Test
    void words_that_were_said_are_found() {
        var anna = hub.says("anna", "我的包裹 50%_off 在哪里？");
        hub.says("bert", "hello");

        assertThat(ids(li.get("/api/conversations?view=all&q=%E5%8C%85%E8%A3%B9")))
                .containsExactly(anna);
        assertThat(ids(li.get("/api/conversations?view=all&q=50%25_OFF"))).containsExactly(anna);
        assertThat(ids(li.get("/api/conversations?view=all&q=5%25off"))).isEmpty();
        assertThat(ids(li.get("/api/conversations?view=all&q=type"))).isEmpty();
    }

    @Test
    void events_are_paged_in_both_directions() {
        var anna = hub.says("anna", "1");
        for (var i = 2; i <= 7; i++) hub.says("anna", String.valueOf(i));

        var newest = li.get(hub.path(anna, "events?limit=3")).json();
        var older = li.get(hub.path(anna, "events?limit=3&before=5")).json();
        var first = li.get(hub.path(anna, "events?limit=3&before=2")).json();
        var later = li.get(hub.path(anna, "events?limit=3&after=4")).json();

        assertThat(feeds(newest)).containsExactly(5, 6, 7);
        assertThat(newest.get("more").asBoolean()).isTrue();
        assertThat(newest.get("lastFeed").asInt()).isEqualTo(7);
        assertThat(feeds(older)).containsExactly(2, 3, 4);
        assertThat(feeds(first)).containsExactly(1);
        assertThat(first.get("more").asBoolean()).isFalse();
        assertThat(feeds(later)).containsExactly(5, 6, 7);
        assertThat(later.get("more").asBoolean()).isFalse();
    }

    @Test
    void a_picture_is_uploaded_sent_and_shown() throws IOException {
        var anna = hub.waits("anna", "show me");
        li.post(hub.path(anna, "take"));
        var png = picture();

        var kept = li.upload("/api/files", "鞋.png", "application/octet-stream", png);
        assertThat(kept.status()).isEqualTo(201);
        assertThat(kept.json().get("type").asText()).isEqualTo("image/png");
        var said = li.post(
                hub.path(anna, "reply"),
                "{\"cid\":\"c1\",\"parts\":[{\"type\":\"file\",\"uploadId\":\""
                        + kept.json().get("uploadId").asText() + "\"}]}");
        assertThat(said.status()).isEqualTo(200);

        var part = events(anna).getLast().at("/message/parts/0");
        assertThat(part.get("media").asText()).isEqualTo("image");
        assertThat(part.get("name").asText()).isEqualTo("鞋.png");
        var shown = li.get(part.get("url").asText());
        assertThat(shown.header("Content-Type")).isEqualTo("image/png");
        assertThat(shown.header("Content-Security-Policy")).contains("sandbox");
        var elsewhere = hub.works("chen", Role.AGENT, new UUID(0, 9));
        assertThat(elsewhere.get(part.get("url").asText()).status()).isEqualTo(404);
        assertThat(ImageIO.read(new java.io.ByteArrayInputStream(
                                shown.response().body()))
                        .getWidth())
                .isEqualTo(8);
    }

    @Test
    void what_only_pretends_to_be_a_picture_is_refused() {
        var page = "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);

        var kept = li.upload("/api/files", "shoe.png", "image/png", page);

        assertThat(kept.status() == 415 || !kept.json().get("type").asText().startsWith("image/"))
                .isTrue();
        assertThat(li.post("/api/files", "{}").status()).isEqualTo(415);
        assertThat(li.upload("/api/files", "big.bin", "x/y", new byte[21 * 1024 * 1024])
                        .status())
                .isEqualTo(413);
    }

    @Test
    void a_wrong_reply_is_refused_by_name() {
        var anna = hub.waits("anna", "hello?");
        li.post(hub.path(anna, "take"));

        for (var body : List.of(
                "{\"cid\":\"c1\",\"parts\":[]}",
                "{\"cid\":\"c1\",\"parts\":[{\"type\":\"text\",\"text\":\" \"}]}",
                "{\"cid\":\"c1\",\"parts\":[{\"type\":\"text\",\"text\":\"" + "x".repeat(4001) + "\"}]}",
                "{\"cid\":\"c1\",\"parts\":[{\"type\":\"file\",\"uploadId\":\"f_none\"}]}",
                "{\"cid\":\"a:b\",\"parts\":[{\"type\":\"text\",\"text\":\"x\"}]}",
                "{\"cid\":\"c1\",\"parts\":[{\"type\":\"html\",\"text\":\"x\"}]}",
                "{\"parts\":[{\"type\":\"text\",\"text\":\"x\"}]}")) {
            var refused = li.post(hub.path(anna, "reply"), body);
            assertThat(refused.status()).as(body).isEqualTo(400);
            assertThat(refused.json().has("field")).as(refused.text()).isTrue();
        }
    }

    @Test
    void a_closed_conversation_can_be_taken_again() {
        var anna = hub.waits("anna", "hello?");
        hub.talk
                .journal
                .write(new ConversationId(anna), Step.of(page -> {
                    page.enter(Mode.CLOSED, java.util.Optional.empty());
                    return true;
                }))
                .join();

        assertThat(li.post(hub.path(anna, "take")).status()).isEqualTo(200);
        assertThat(reply(li, anna, "c1", "one more thing").status()).isEqualTo(200);
    }

    private Browser.Answer reply(Browser agent, UUID conversation, String cid, String text) {
        return agent.post(
                hub.path(conversation, "reply"),
                "{\"cid\":\"" + cid + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}");
    }

    private JsonNode detail(UUID conversation) {
        return li.get("/api/conversations/" + conversation).json();
    }

    private List<JsonNode> events(UUID conversation) {
        return stream(li.get(hub.path(conversation, "events")).json().get("events"));
    }

    private List<String> kinds(UUID conversation) {
        return events(conversation).stream()
                .map(event -> event.get("kind").asText())
                .toList();
    }

    private static List<Integer> feeds(JsonNode page) {
        return stream(page.get("events")).stream()
                .map(event -> event.get("feed").asInt())
                .toList();
    }

    private static List<UUID> ids(Browser.Answer page) {
        assertThat(page.status()).isEqualTo(200);
        return stream(page.json().get("conversations")).stream()
                .map(summary -> UUID.fromString(summary.get("id").asText()))
                .toList();
    }

    private static List<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static byte[] picture() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }
}
