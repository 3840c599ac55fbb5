package io.kefuhub.bench.proof;

import io.kefuhub.bench.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Compares what people say they did and saw with the rows of the database. Pure.
 *
 * <p>The bot answers all that lies in a conversation together: its answer names the last question it is for, and is for
 * those before that one which no earlier answer is for. An agent's reply names its question by its id.
 */
final class Reckoning {
    private Reckoning() {}

    /**
     * @param history what the hub's HTTP calls say has happened
     * @param rows of the customer's conversation
     */
    static Tally of(Visitor visitor, List<Event> history, List<Row> rows) {
        var tally = new Tally(visitor.wire.subprotocol());
        tally.said = visitor.said.size();
        tally.acknowledged = visitor.acknowledged.size();
        words(visitor, rows, tally);
        answers(rows, tally);
        tally.gaps += gaps(rows, Row::feed);
        var visible = rows.stream().filter(row -> row.seq() > 0).toList();
        tally.gaps += gaps(visible, Row::seq);
        var stored = visible.stream().map(Row::event).toList();
        compare(visitor.name + ", socket and database", visitor.seen, stored, tally);
        compare(visitor.name + ", socket and history", visitor.seen, history, tally);
        return tally;
    }

    /** @param history what the hub's HTTP calls say has happened */
    static Tally of(Watch watch, String agent, List<Line> history, List<Row> rows) {
        var tally = new Tally("agents");
        tally.said = watch.replied.size();
        tally.acknowledged = watch.replied.size();
        var stored = rows.stream()
                .filter(row -> row.isSaidBy("agent") && row.externalId().startsWith("a:" + agent + ":"))
                .map(Reckoning::replied)
                .toList();
        order(watch.replied, stored, watch.replied, tally);
        // A reply wants no answer; what counts is that the customer sees it.
        var acknowledged = Set.copyOf(watch.replied);
        tally.answered = rows.stream()
                .filter(row -> row.isSaidBy("agent") && row.seq() > 0 && acknowledged.contains(replied(row)))
                .map(Reckoning::replied)
                .distinct()
                .count();
        tally.gaps += gaps(watch.lines, Line::feed);
        compare("agent's tab on " + watch.conversation + ", stream and database", watch.lines, lines(rows), tally);
        compare("agent's tab on " + watch.conversation + ", stream and history", watch.lines, history, tally);
        return tally;
    }

    private static List<Line> lines(List<Row> rows) {
        return rows.stream().map(Row::line).toList();
    }

    private static String replied(Row row) {
        return row.externalId().substring(row.externalId().lastIndexOf(':') + 1);
    }

    /** Whatever was acknowledged is there once, in the order it was said, under the id and number that were acknowledged. */
    private static void words(Visitor visitor, List<Row> rows, Tally tally) {
        var said = new LinkedHashMap<String, String>();
        visitor.said.forEach(one -> said.put(one.cid(), one.text()));
        var stored = rows.stream().filter(row -> row.isSaidBy("customer")).toList();
        order(
                List.copyOf(said.keySet()),
                stored.stream().map(Row::cid).toList(),
                List.copyOf(visitor.acknowledged.keySet()),
                tally);
        for (var row : stored) {
            if (!Objects.equals(said.get(row.cid()), row.text())) {
                tally.differs(visitor.name + " did not say " + row.text() + " as " + row.cid());
            }
            var ack = visitor.acknowledged.get(row.cid());
            if (ack != null && (ack.seq() != row.seq() || !ack.messageId().equals(row.messageId()))) {
                tally.differs(visitor.name + ": " + ack + " was acknowledged and is now " + row);
            }
        }
    }

    private static void order(List<String> said, List<String> stored, List<String> acknowledged, Tally tally) {
        var once = new LinkedHashSet<>(stored);
        tally.stored = once.size();
        tally.doubled += stored.size() - once.size();
        tally.lost += acknowledged.stream().filter(one -> !once.contains(one)).count();
        var expected = said.stream().filter(once::contains).toList();
        var found = List.copyOf(once);
        for (var i = 0; i < found.size(); i++) {
            if (i >= expected.size() || !found.get(i).equals(expected.get(i))) tally.disordered++;
        }
    }

    private static void answers(List<Row> rows, Tally tally) {
        var forBot = new ArrayList<Row>();
        var forAgents = new ArrayList<Row>();
        var mode = "bot";
        for (var row : rows) {
            if (!row.mode().isEmpty()) mode = row.mode();
            if (row.isSaidBy("customer")) (mode.equals("bot") ? forBot : forAgents).add(row);
        }
        byBot(forBot, rows, tally);
        byAgents(forAgents, rows, tally);
    }

    private static void byBot(List<Row> questions, List<Row> rows, Tally tally) {
        var places = new HashMap<String, Integer>();
        for (var i = 0; i < questions.size(); i++) places.put(questions.get(i).messageId(), i);
        var next = 0;
        for (var answer : rows) {
            if (!answer.isSaidBy("bot") || answer.seq() == 0) continue;
            var last = places.getOrDefault(answer.answers(), -1);
            if (last < next) {
                tally.doubled++;
                continue;
            }
            for (; next <= last; next++) {
                if (questions.get(next).seq() < answer.seq()) tally.answered++;
                else tally.disordered++;
            }
        }
    }

    private static void byAgents(List<Row> questions, List<Row> rows, Tally tally) {
        var replies = new HashMap<String, List<Row>>();
        for (var row : rows) {
            if (row.isSaidBy("agent") && row.seq() > 0) {
                replies.computeIfAbsent(replied(row), _ -> new ArrayList<>()).add(row);
            }
        }
        for (var question : questions) {
            var mine = replies.getOrDefault(question.messageId(), List.of());
            tally.doubled += Math.max(0, mine.size() - 1);
            if (mine.isEmpty()) continue;
            if (mine.getFirst().seq() > question.seq()) tally.answered++;
            else tally.disordered++;
        }
    }

    private static <T> long gaps(List<T> numbered, ToLongFunction<T> number) {
        var gaps = 0L;
        for (var i = 0; i < numbered.size(); i++) {
            var before = i == 0 ? 0 : number.applyAsLong(numbered.get(i - 1));
            if (number.applyAsLong(numbered.get(i)) != before + 1) gaps++;
        }
        return gaps;
    }

    private static <T> void compare(String what, List<T> one, List<T> other, Tally tally) {
        for (var i = 0; i < Math.max(one.size(), other.size()); i++) {
            var here = i < one.size() ? one.get(i).toString() : "nothing";
            var there = i < other.size() ? other.get(i).toString() : "nothing";
            if (here.equals(there)) continue;
            tally.differs(what + ": " + here + " against " + there);
            return;
        }
    }
}
