package io.kefuhub.core.answering.sentences;

import io.kefuhub.api.Language;
import io.kefuhub.core.answering.HubWords;
import io.kefuhub.core.answering.Sentences;
import io.kefuhub.core.answering.knowledge.Normaliser;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.web.Json;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every statement that touches the {@code sentence} and {@code said_by_button} tables. What was put in place of the hub's
 * words is held in memory.
 */
public final class OwnSentences implements Sentences {
    private static final String ALL = "select desk, language, key, text from sentence";
    private static final String KEEP = """
            insert into sentence (desk, language, key, text) values (:desk, :language, :key, :text)
            on conflict (desk, language, key) do update set text = excluded.text""";
    private static final String FORGET =
            "delete from sentence where desk = :desk and language = :language and key = :key";
    private static final String SAID = "select text from said_by_button";
    private static final String SAYS = "insert into said_by_button (text) values (:text) on conflict do nothing";

    private final Database database;
    private final AuditLog audit;
    private final InstantSource clock;
    private volatile Map<Place, String> own;
    /** Normal, and whatever came later: a button that was sent says what it said. */
    private volatile Set<String> onButtons;

    /** @param language one of those that the hub speaks */
    record Place(String desk, String language, String key) {}

    private record Row(Place place, String text) {}

    public OwnSentences(Database database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        own = read();
        onButtons = saidByButtons();
    }

    private Set<String> saidByButtons() {
        return database.read(
                db -> Set.copyOf(db.createQuery(SAID).mapTo(String.class).list()));
    }

    private Map<Place, String> read() {
        List<Row> rows = database.read(db -> db.createQuery(ALL)
                .map((rs, _) -> new Row(
                        new Place(rs.getString("desk"), rs.getString("language"), rs.getString("key")),
                        rs.getString("text")))
                .list());
        return rows.stream().collect(Collectors.toUnmodifiableMap(Row::place, Row::text));
    }

    @Override
    public String say(HubWords what, String desk, Language language) {
        var mine = own;
        if (mine.isEmpty()) return what.in(language);
        var text = mine.get(new Place(desk, HubWords.spoken(language), what.key()));
        return text == null ? what.in(language) : text;
    }

    @Override
    public boolean asksForPerson(String said) {
        var mine = onButtons;
        return (!mine.isEmpty() && mine.contains(Normaliser.normal(said))) || Sentences.super.asksForPerson(said);
    }

    Optional<String> own(Place place) {
        return Optional.ofNullable(own.get(place));
    }

    /** Says something in other words from now on; in the hub's own where none are given. */
    synchronized void change(Place place, HubWords what, Optional<String> text, String actor) {
        var detail = Json.text(Map.of("key", place.key(), "language", place.language(), "text", text.orElse("")));
        database.useTransaction(tx -> {
            var change = tx.createUpdate(text.isPresent() ? KEEP : FORGET)
                    .bind("desk", place.desk())
                    .bind("language", place.language())
                    .bind("key", place.key());
            text.ifPresent(words -> change.bind("text", words));
            change.execute();
            text.filter(_ -> what.isOnButton())
                    .map(Normaliser::normal)
                    .ifPresent(
                            words -> tx.createUpdate(SAYS).bind("text", words).execute());
            audit.append(
                    tx,
                    new AuditEntry(
                            clock.instant(),
                            actor,
                            "sentence.changed",
                            "desk:" + place.desk(),
                            Optional.empty(),
                            detail));
        });
        onButtons = saidByButtons();
        own = read();
    }
}
