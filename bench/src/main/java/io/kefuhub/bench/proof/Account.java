package io.kefuhub.bench.proof;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ledger of a crowd that has left.
 *
 * @param sides one line each
 * @param trouble what happened and must not, in words
 */
record Account(List<Tally> sides, List<String> trouble) {
    private static final String TOTALS = """
            select count(*) filter (where author = 'CUSTOMER'),
                count(*) filter (where state in ('RECEIVED', 'READY', 'HELD', 'FAILED')),
                (select count(*) from event where kind = 'SAID') - count(*)
            from message""";

    private static final Agent.Summary NOWHERE = new Agent.Summary(0, 0, "");

    /** Waits until everybody has what the database has, sends them home and compares. */
    static Account of(Crowd crowd, Connection database) throws SQLException, IOException, InterruptedException {
        var trouble = new ArrayList<String>();
        try {
            crowd.finish();
            crowd.await("everybody has all that is stored", () -> hasEverything(crowd, database));
        } catch (Broken e) {
            trouble.add(e.getMessage());
        }
        crowd.leave();
        var sides = new LinkedHashMap<String, Tally>();
        for (var visitor : crowd.visitors) {
            add(sides, Reckoning.of(visitor, visitor.history(), Row.of(database, visitor.conversation())));
        }
        for (var agent : crowd.agents) {
            for (var watch : agent.watches()) {
                add(sides, Reckoning.of(watch, agent.id(), watch.history(), Row.of(database, watch.conversation)));
            }
        }
        totals(crowd, database, trouble);
        crowd.trouble.lines().stream().filter(line -> !trouble.contains(line)).forEach(trouble::add);
        sides.values().forEach(side -> trouble.addAll(side.differences()));
        return new Account(List.copyOf(sides.values()), trouble);
    }

    boolean balances() {
        return trouble.isEmpty() && !sides.isEmpty() && sides.stream().allMatch(Tally::balances);
    }

    private static void add(Map<String, Tally> sides, Tally tally) {
        sides.computeIfAbsent(tally.side, Tally::new).add(tally);
    }

    /** Whether what was last shown to each customer, in each tab and in each inbox, is the last there is. */
    private static boolean hasEverything(Crowd crowd, Connection database) {
        try {
            var stored = Stored.all(database);
            var shown = crowd.visitors.stream()
                    .allMatch(visitor ->
                            stored.getOrDefault(visitor.conversation(), NOWHERE).seq() == visitor.seq());
            return shown && crowd.agents.stream().allMatch(agent -> hasEverything(agent, stored));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean hasEverything(Agent agent, Map<String, Agent.Summary> stored) {
        return stored.entrySet().stream()
                        .allMatch(entry -> agent.summary(entry.getKey()).equals(entry.getValue()))
                && agent.watches().stream()
                        .allMatch(watch ->
                                stored.getOrDefault(watch.conversation, NOWHERE).feed() == watch.feed());
    }

    /** Nothing may be stored that nobody said, and nothing may be left undone. */
    private static void totals(Crowd crowd, Connection database, List<String> trouble) throws SQLException {
        try (var select = database.createStatement();
                var row = select.executeQuery(TOTALS)) {
            row.next();
            var said = crowd.visitors.stream()
                    .mapToLong(visitor -> visitor.said.size())
                    .sum();
            if (row.getLong(1) != said)
                trouble.add(row.getLong(1) + " messages of customers are stored, " + said + " were said");
            if (row.getLong(2) != 0)
                trouble.add(row.getLong(2) + " messages were left as they are, neither answered nor sent");
            if (row.getLong(3) != 0) trouble.add("messages and their events differ by " + row.getLong(3));
        }
        if (Stored.all(database).size() != crowd.visitors.size()) trouble.add("there are conversations of nobody");
    }
}
