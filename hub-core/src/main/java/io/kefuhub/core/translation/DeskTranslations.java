package io.kefuhub.core.translation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kefuhub.api.Language;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.database.Jsonb;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code desk_translation} table, and nothing else. */
final class DeskTranslations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALL =
            "select desk_id, detect_alias, glossary::text as glossary, version, managed_by from desk_translation";
    private static final String KEEP = """
            insert into desk_translation (desk_id, detect_alias, glossary, version, managed_by, changed_at)
            values (:desk, :detectAlias, :glossary, :version, :managedBy, :now)
            on conflict (desk_id) do update set detect_alias = excluded.detect_alias, glossary = excluded.glossary,
                version = excluded.version, managed_by = excluded.managed_by, changed_at = excluded.changed_at""";

    List<DeskRules> all(Handle db) {
        return db.createQuery(ALL).map((rs, _) -> read(rs)).list();
    }

    void keep(Handle tx, DeskRules rules, Instant now) {
        tx.createUpdate(KEEP)
                .bind("desk", rules.desk().value())
                .bind("detectAlias", rules.detectAlias().orElse(null))
                .bind("glossary", new Jsonb(write(rules.glossary())))
                .bind("version", rules.version())
                .bind("managedBy", rules.managedBy().orElse(null))
                .bind("now", now)
                .execute();
    }

    private static String write(List<Term> glossary) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var term : glossary) {
            var node = array.addObject().put("term", term.term()).put("becomes", term.becomes());
            term.to().ifPresent(to -> node.put("to", to.tag()));
        }
        return array.toString();
    }

    private static DeskRules read(ResultSet rs) throws SQLException {
        return new DeskRules(
                new DeskId(rs.getObject("desk_id", UUID.class)),
                Optional.ofNullable(rs.getString("detect_alias")),
                glossary(rs.getString("glossary")),
                rs.getLong("version"),
                Optional.ofNullable(rs.getString("managed_by")));
    }

    private static List<Term> glossary(String json) {
        try {
            var terms = new ArrayList<Term>();
            for (var node : JSON.readTree(json)) {
                terms.add(new Term(
                        node.path("term").asText(),
                        Optional.ofNullable(node.get("to")).map(to -> new Language(to.asText())),
                        node.path("becomes").asText()));
            }
            return terms;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
