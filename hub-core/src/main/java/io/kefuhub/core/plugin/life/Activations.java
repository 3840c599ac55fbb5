package io.kefuhub.core.plugin.life;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.core.database.Jsonb;
import io.kefuhub.core.web.Words;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code plugin_activation} table, and nothing else. */
final class Activations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADD = """
            insert into plugin_activation (id, plugin, version, sha256, file_name, actor, began_at, outcome, reason_en,
                reason_zh, steps)
            values (:id, :plugin, :version, :sha256, :fileName, :actor, :began, :outcome, :en, :zh, :steps)""";
    private static final String RECENT = """
            select id, plugin, version, sha256, file_name, actor, began_at, outcome, reason_en, reason_zh,
                steps::text as steps
            from plugin_activation where :plugin = '' or plugin = :plugin order by began_at desc limit :limit""";

    private static final String TOOK = """
            update plugin_activation set steps = steps || :steps where id = :id""";

    private static final String LAST = """
            select distinct on (plugin) id, plugin, version, sha256, file_name, actor, began_at, outcome, reason_en,
                reason_zh, steps::text as steps
            from plugin_activation where plugin <> '' order by plugin, began_at desc""";

    private static final String SERVED =
            "select distinct sha256 from plugin_activation where outcome = '" + Activation.Outcome.SERVING + "'";

    void add(Handle tx, Activation one) {
        tx.createUpdate(ADD)
                .bind("id", one.id())
                .bind("plugin", one.plugin())
                .bind("version", one.version())
                .bind("sha256", one.sha256())
                .bind("fileName", one.fileName())
                .bind("actor", one.actor())
                .bind("began", one.began())
                .bind("outcome", one.outcome().orElseThrow().name())
                .bind("en", one.reason().map(Words::en).orElse(""))
                .bind("zh", one.reason().map(Words::zh).orElse(""))
                .bind("steps", steps(one.steps()))
                .execute();
    }

    /** Adds a step that was taken behind. */
    void took(Handle tx, UUID id, Activation.Taken step) {
        tx.createUpdate(TOOK).bind("id", id).bind("steps", steps(List.of(step))).execute();
    }

    /** Reads the latest, newest first; of one plugin, or of all when it is empty. */
    List<Activation> recent(Handle db, String plugin, int limit) {
        return db.createQuery(RECENT)
                .bind("plugin", plugin)
                .bind("limit", limit)
                .map((rs, _) -> read(rs))
                .list();
    }

    /** Reads the latest of each plugin, by its id. */
    Map<String, Activation> lastOfEach(Handle db) {
        var last = new HashMap<String, Activation>();
        db.createQuery(LAST).map((rs, _) -> read(rs)).list().forEach(one -> last.put(one.plugin(), one));
        return last;
    }

    /** Reads the hashes of all versions that have ever served. */
    Set<String> served(Handle db) {
        return Set.copyOf(db.createQuery(SERVED).mapTo(String.class).list());
    }

    private static Jsonb steps(List<Activation.Taken> steps) {
        var all = JSON.createArrayNode();
        for (var taken : steps) {
            all.addObject()
                    .put("step", taken.step().name())
                    .put("ms", taken.took().toMillis());
        }
        return new Jsonb(all.toString());
    }

    private static Activation read(ResultSet rs) throws SQLException {
        var steps = new ArrayList<Activation.Taken>();
        try {
            for (var node : JSON.readTree(rs.getString("steps"))) {
                steps.add(new Activation.Taken(
                        Activation.Step.valueOf(node.path("step").asText()),
                        Duration.ofMillis(node.path("ms").asLong())));
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        var en = rs.getString("reason_en");
        return new Activation(
                rs.getObject("id", UUID.class),
                rs.getString("plugin"),
                rs.getString("version"),
                rs.getString("sha256"),
                rs.getString("file_name"),
                rs.getString("actor"),
                rs.getTimestamp("began_at").toInstant(),
                steps,
                Optional.of(Activation.Outcome.valueOf(rs.getString("outcome"))),
                en.isEmpty() ? Optional.empty() : Optional.of(new Words(en, rs.getString("reason_zh"))));
    }
}
