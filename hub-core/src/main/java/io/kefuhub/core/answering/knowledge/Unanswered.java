package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.database.Ids;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what was asked in vain and writes it down every few seconds, so that answering never waits for it. Safe for
 * threads. What is not written yet is lost when the hub dies: these are counts for people, not a record.
 */
final class Unanswered implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Unanswered.class);
    private static final int MOST = 2_000;
    private static final int LONGEST = 200;
    private static final int SECONDS = 2;

    /** Numbers of orders and phones say who asked, not what was asked. */
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{5,}");

    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final UnansweredQuestions questions = new UnansweredQuestions();
    private Map<List<Object>, UnansweredQuestion> collected = new HashMap<>();

    Unanswered(Database database, Ids ids, Clock clock, ScheduledExecutorService timer) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        timer.scheduleWithFixedDelay(this::write, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    void add(UUID desk, EntryLanguage language, String question, Optional<UUID> conversation) {
        var masked = LONG_NUMBER.matcher(question.strip()).replaceAll("…");
        if (masked.isEmpty()) return;
        var sample = masked.length() > LONGEST ? masked.substring(0, LONGEST) : masked;
        var bare = Normaliser.normal(sample);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var asked = new UnansweredQuestion(ids.next(), desk, language, bare, sample, 1, now, now, conversation);
        synchronized (this) {
            var key = List.<Object>of(desk, language, bare);
            if (collected.size() < MOST || collected.containsKey(key)) {
                collected.merge(key, asked, UnansweredQuestion::and);
            }
        }
    }

    /** Writes down what was collected. */
    void write() {
        Map<List<Object>, UnansweredQuestion> taken;
        synchronized (this) {
            if (collected.isEmpty()) return;
            taken = collected;
            collected = new HashMap<>();
        }
        try {
            database.useTransaction(tx -> questions.countIn(tx, taken.values()));
        } catch (DatabaseAwayException e) {
            LOG.warn("{} unanswered questions were not counted: the database is away", taken.size());
        }
    }

    @Override
    public void close() {
        write();
    }
}
