package io.kefuhub.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.web.MovableClock;
import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules over a real database, changed while somebody goes by them. */
class LiveRulesTest {
    private static final Rule FIRST = Unit.TIME.rule("wait.first", "2s", "0s", "10s", "first", "先");
    private static final Rule LAST = Unit.TIME.rule("wait.last", "25s", "1s", "60s", "last", "后");
    private static final Rule ROOM = Unit.TOKENS.rule("room.most", "100", "1", "1000", "most", "量");

    private final Database database = TestDatabase.fresh();
    private final MovableClock clock = new MovableClock("2026-11-25T10:00:00Z");
    private final LiveRules rules = rules("60s");

    private LiveRules rules(String mostOfLast) {
        var last = mostOfLast.equals("60s") ? LAST : Unit.TIME.rule("wait.last", "25s", "1s", mostOfLast, "last", "后");
        return new LiveRules(
                new RuleBook(List.of(
                        new RuleGroup("wait", new Words("Wait", "等待"), List.of(FIRST, last)),
                        new RuleGroup("room", new Words("Room", "容量"), List.of(ROOM)))),
                database,
                new AuditLog(),
                clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_change_is_in_force_at_once_for_those_it_is_about_and_for_nobody_else() {
        var waits = rules.as(values -> values.time(LAST));
        var rooms =
                rules.as(values -> new StringBuilder().append(values.of(ROOM)).toString());
        var room = rooms.get();
        var told = new ArrayList<Long>();
        rules.listen(values -> told.add(values.of(LAST)));

        change(Map.of("wait", Map.of("last", "30s")));

        assertThat(waits.get()).isEqualTo(Duration.ofSeconds(30));
        assertThat(rooms.get()).isSameAs(room);
        assertThat(told).containsExactly(25_000L, 30_000L);
    }

    @Test
    void it_is_kept_and_read_again_by_the_next_hub_with_the_file_that_declares_it() {
        change(Map.of("wait", Map.of("last", "30s")));
        rules.change("file:shop.yaml", rules.now().values(), Optional.of("shop.yaml"));

        var again = rules("60s").now();

        assertThat(again.values().time(LAST)).isEqualTo(Duration.ofSeconds(30));
        assertThat(again.values().time(FIRST)).isEqualTo(Duration.ofSeconds(2));
        assertThat(again.managedBy()).contains("shop.yaml");
    }

    @Test
    void what_a_later_version_does_not_take_is_as_usual_and_the_rest_stays() {
        change(Map.of("wait", Map.of("first", "3s", "last", "30s"), "room", Map.of("most", "7")));

        var later = rules("26s").now().values();

        assertThat(later.time(LAST)).isEqualTo(Duration.ofSeconds(25));
        assertThat(later.time(FIRST)).isEqualTo(Duration.ofSeconds(3));
        assertThat(later.of(ROOM)).isEqualTo(7);
    }

    @Test
    void each_change_is_in_the_audit_with_what_is_not_as_usual_and_the_same_again_is_none() {
        change(Map.of("wait", Map.of("last", "30s")));
        change(Map.of("wait", Map.of("last", "30.0s")));

        var entries = database.<List<String>>read(db -> db.createQuery(
                        "select actor || ' ' || action || ' ' || detail::text from audit where subject = 'answering-rules'")
                .mapTo(String.class)
                .list());
        assertThat(entries).containsExactly("anna answering-rules.changed {\"wait\": {\"last\": \"30s\"}}");
    }

    private void change(Map<String, Map<String, String>> wanted) {
        if (!(rules.book().read(wanted) instanceof RuleBook.Read.Fit(var values))) throw new AssertionError();
        rules.change("anna", values, Optional.empty());
    }
}
