package io.kefuhub.bench.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kefuhub.bench.Event;
import io.kefuhub.bench.JsonWire;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A proof that cannot fail proves nothing: each thing that must not happen is noticed. */
class ReckoningTest {
    private static final String AGENT = "agent-id";

    private final Door door = new Door(URI.create("http://localhost:1"));
    private final Trouble trouble = new Trouble();
    private final Visitor anna = new Visitor(
            "anna", new JsonWire(), door, new AskingStory(new Random(1)), new Steps(), trouble, new Random(1));
    private final List<Row> rows = new ArrayList<>();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void what_was_said_stored_shown_and_answered_balances() {
        asks("a-0");
        asks("a-1");
        // One answer for both, as it happens when the second came before the first was answered.
        botAnswers("a-1");
        asks("a-2");
        botAnswers("a-2");

        var tally = reckon();

        assertThat(tally.balances()).isTrue();
        assertThat(tally.answered).isEqualTo(3);
    }

    @Test
    void what_an_agent_was_asked_is_answered_by_the_reply_that_names_it() {
        enters("waiting");
        asks("a-0");
        enters("agent");
        agentReplies("a-0");

        assertThat(reckon().balances()).isTrue();
    }

    @Test
    void an_acknowledged_message_that_is_not_stored_is_lost() {
        asks("a-0");
        botAnswers("a-0");
        anna.said.add(new Visitor.Said("a-1", "text of a-1"));
        anna.acknowledged.put("a-1", new Visitor.Ack("id-a-1", 3));

        var tally = reckon();

        assertThat(tally.lost).isEqualTo(1);
        assertThat(tally.balances()).isFalse();
    }

    @Test
    void a_message_that_is_stored_twice_is_doubled() {
        asks("a-0");
        store("SAID", "id-again", "v:a-0", "customer", "", "text of a-0");
        botAnswers("a-0");

        assertThat(reckon().doubled).isEqualTo(1);
    }

    @Test
    void messages_that_are_stored_in_another_order_are_out_of_order() {
        asks("a-1");
        asks("a-0");
        botAnswers("a-0");
        anna.said.add(anna.said.removeFirst());

        assertThat(reckon().disordered).isEqualTo(2);
    }

    @Test
    void a_question_without_an_answer_does_not_balance() {
        asks("a-0");
        botAnswers("a-0");
        asks("a-1");

        var tally = reckon();

        assertThat(tally.answered).isEqualTo(1);
        assertThat(tally.balances()).isFalse();
    }

    @Test
    void a_second_answer_to_one_question_is_doubled() {
        asks("a-0");
        botAnswers("a-0");
        botAnswers("a-0");

        assertThat(reckon().doubled).isEqualTo(1);
    }

    @Test
    void a_second_reply_to_one_question_is_doubled_and_a_missing_one_is_noticed() {
        enters("agent");
        asks("a-0");
        agentReplies("a-0");
        agentReplies("a-0");
        asks("a-1");

        var tally = reckon();

        assertThat(tally.doubled).isEqualTo(1);
        assertThat(tally.answered).isEqualTo(1);
        assertThat(tally.balances()).isFalse();
    }

    @Test
    void a_number_that_was_left_out_is_a_gap() {
        enters("bot");
        asks("a-0");
        botAnswers("a-0");
        rows.removeFirst();

        // In what agents see, and in what the customer sees.
        assertThat(reckon().gaps).isEqualTo(2);
    }

    @Test
    void what_the_socket_showed_differently_is_a_difference() {
        asks("a-0");
        botAnswers("a-0");
        anna.seen.removeLast();

        assertThat(reckon().differences()).isNotEmpty();
    }

    @Test
    void another_number_than_was_acknowledged_is_a_difference() {
        asks("a-0");
        botAnswers("a-0");
        anna.acknowledged.put("a-0", new Visitor.Ack("id-a-0", 7));

        assertThat(reckon().differences()).hasSize(1);
    }

    @Test
    void what_nobody_said_is_a_difference() {
        asks("a-0");
        store("SAID", "id-x", "v:a-1", "customer", "", "never said");
        botAnswers("a-0");

        assertThat(reckon().balances()).isFalse();
    }

    @Test
    void an_agents_acknowledged_reply_that_is_not_stored_is_lost() {
        enters("agent");
        asks("a-0");
        agentReplies("a-0");
        asks("a-1");
        var watch = new Watch(
                "c",
                AGENT,
                new Console(URI.create("http://localhost:1"), () -> true, new Random(1)),
                new Steps(),
                trouble,
                new Random(1));
        rows.forEach(row -> watch.lines.add(row.line()));
        watch.replied.addAll(List.of("id-a-0", "id-a-1"));

        var tally = Reckoning.of(watch, AGENT, watch.lines, rows);

        assertThat(tally.lost).isEqualTo(1);
        assertThat(tally.balances()).isFalse();
        watch.replied.removeLast();
        assertThat(Reckoning.of(watch, AGENT, watch.lines, rows).balances()).isTrue();
        watch.lines.remove(1);
        assertThat(Reckoning.of(watch, AGENT, watch.lines, rows).gaps).isEqualTo(1);
    }

    private Tally reckon() {
        return Reckoning.of(anna, List.copyOf(anna.seen), rows);
    }

    private void asks(String cid) {
        var row = store("SAID", "id-" + cid, "v:" + cid, "customer", "", "text of " + cid);
        anna.said.add(new Visitor.Said(cid, row.text()));
        anna.acknowledged.put(cid, new Visitor.Ack(row.messageId(), row.seq()));
    }

    private void botAnswers(String cid) {
        store("SAID", "answer-" + rows.size(), "r:id-" + cid, "bot", "id-" + cid, "an answer");
    }

    private void agentReplies(String cid) {
        store("SAID", "reply-" + rows.size(), "a:" + AGENT + ":id-" + cid, "agent", "", "a reply");
    }

    private void enters(String mode) {
        var number = rows.size() + 1;
        var body = JsonNodeFactory.instance.objectNode().put("mode", mode);
        keep(new Row(number, number, "ENTERED", body, "", "", "", "", "", "", 0));
    }

    private Row store(String kind, String id, String externalId, String author, String answers, String text) {
        var number = rows.isEmpty() ? 1 : rows.getLast().seq() + 1;
        var body = JsonNodeFactory.instance.objectNode();
        return keep(new Row(number, number, kind, body, id, externalId, author, "", answers, text, 0));
    }

    private Row keep(Row row) {
        rows.add(row);
        Event event = row.event();
        anna.seen.add(event);
        return row;
    }
}
