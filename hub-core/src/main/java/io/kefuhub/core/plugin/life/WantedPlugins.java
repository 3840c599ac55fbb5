package io.kefuhub.core.plugin.life;

import io.kefuhub.core.database.Jsonb;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.web.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code plugin} table, and nothing else. */
final class WantedPlugins {
    private static final String COLUMNS = "id, wanted, good, trying, tries, approved::text as approved, candidate,"
            + " trial::text as trial, arrivals::text as arrivals";
    private static final String ALL = "select " + COLUMNS + " from plugin order by id";
    private static final String FIND = "select " + COLUMNS + " from plugin where id = :id";
    private static final String TRY = """
            insert into plugin (id, trying, tries, changed_at) values (:id, :sha256, 1, :now)
            on conflict (id) do update set trying = excluded.trying, changed_at = excluded.changed_at,
                tries = case when plugin.trying = excluded.trying then plugin.tries + 1 else 1 end""";
    private static final String TRIED = "update plugin set trying = null, tries = 0 where id = :id";
    private static final String SERVES = """
            update plugin set wanted = :sha256, good = :sha256, trying = null, tries = 0, candidate = null, trial = null,
                changed_at = :now
            where id = :id""";
    private static final String RETIRE = """
            update plugin set wanted = null, trying = null, tries = 0, candidate = null, trial = null, changed_at = :now
            where id = :id""";
    private static final String APPROVE = """
            insert into plugin (id, approved, changed_at) values (:id, :approved, :now)
            on conflict (id) do update set approved = excluded.approved""";

    private static final String ON_TRIAL = """
            update plugin set candidate = :sha256, trial = :trial, trying = null, tries = 0, changed_at = :now
            where id = :id""";
    private static final String END_TRIAL =
            "update plugin set candidate = null, trial = null, changed_at = :now where id = :id";
    private static final String ARRIVALS = "update plugin set arrivals = :trial, changed_at = :now where id = :id";

    private static final String FORGET_VERSION = """
            update plugin set wanted = nullif(wanted, :sha256), good = nullif(good, :sha256),
                trying = nullif(trying, :sha256)
            where :sha256 in (wanted, good, trying)""";
    private static final String FORGET = "delete from plugin where id = :id";

    List<WantedPlugin> all(Handle db) {
        return db.createQuery(ALL).map((rs, _) -> read(rs)).list();
    }

    Optional<WantedPlugin> find(Handle db, String id) {
        return db.createQuery(FIND).bind("id", id).map((rs, _) -> read(rs)).findOne();
    }

    /** Marks that a version is being started; cleared by {@link #tried} and {@link #serves}. */
    void trying(Handle tx, String id, String sha256, Instant now) {
        tx.createUpdate(TRY)
                .bind("id", id)
                .bind("sha256", sha256)
                .bind("now", now)
                .execute();
    }

    /** The hub is still alive after it tried. */
    void tried(Handle tx, String id) {
        tx.createUpdate(TRIED).bind("id", id).execute();
    }

    void serves(Handle tx, String id, String sha256, Instant now) {
        tx.createUpdate(SERVES)
                .bind("id", id)
                .bind("sha256", sha256)
                .bind("now", now)
                .execute();
    }

    void retire(Handle tx, String id, Instant now) {
        tx.createUpdate(RETIRE).bind("id", id).bind("now", now).execute();
    }

    void approve(Handle tx, String id, Permissions permissions, Instant now) {
        tx.createUpdate(APPROVE)
                .bind("id", id)
                .bind("approved", new Jsonb(Json.text(VersionProfile.Asked.of(permissions))))
                .bind("now", now)
                .execute();
    }

    /** A version is tried from now on, and no other. */
    void onTrial(Handle tx, String id, String sha256, TrialMode mode, Instant now) {
        tx.createUpdate(ON_TRIAL)
                .bind("id", id)
                .bind("sha256", sha256)
                .bind("trial", new Jsonb(TrialTerms.write(mode)))
                .bind("now", now)
                .execute();
    }

    void endTrial(Handle tx, String id, Instant now) {
        tx.createUpdate(END_TRIAL).bind("id", id).bind("now", now).execute();
    }

    /** Says how new versions begin; returns whether there is such a plugin. */
    boolean arrivals(Handle tx, String id, Optional<TrialMode> mode, Instant now) {
        return tx.createUpdate(ARRIVALS)
                        .bind("id", id)
                        .bind(
                                "trial",
                                mode.map(TrialTerms::write).map(Jsonb::new).orElse(null))
                        .bind("now", now)
                        .execute()
                > 0;
    }

    /** A version is not known any more. */
    void forgetVersion(Handle tx, String sha256) {
        tx.createUpdate(FORGET_VERSION).bind("sha256", sha256).execute();
    }

    void forget(Handle tx, String id) {
        tx.createUpdate(FORGET).bind("id", id).execute();
    }

    private static WantedPlugin read(ResultSet rs) throws SQLException {
        return new WantedPlugin(
                rs.getString("id"),
                Optional.ofNullable(rs.getString("wanted")),
                Optional.ofNullable(rs.getString("good")),
                Optional.ofNullable(rs.getString("trying")),
                rs.getInt("tries"),
                approved(rs.getString("approved")),
                candidate(rs),
                Optional.ofNullable(rs.getString("arrivals")).map(TrialTerms::read));
    }

    private static Optional<WantedPlugin.Candidate> candidate(ResultSet rs) throws SQLException {
        var sha256 = rs.getString("candidate");
        if (sha256 == null) return Optional.empty();
        return Optional.of(new WantedPlugin.Candidate(sha256, TrialTerms.read(rs.getString("trial"))));
    }

    private static Permissions approved(String json) {
        return json.equals("{}")
                ? Permissions.NONE
                : Json.parse(json, VersionProfile.Asked.class).permissions();
    }
}
