package io.kefuhub.core.plugin.life;

import io.kefuhub.core.database.Jsonb;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code plugin_version} table, and nothing else. */
final class PluginVersions {
    private static final String COLUMNS =
            "sha256, plugin, version, file_name, came_from, set_aside, about::text as about, first_seen";
    private static final String ADD = """
            insert into plugin_version (sha256, plugin, version, file_name, came_from, content, about, first_seen)
            values (:sha256, :plugin, :version, :fileName, :origin, :content, :about, :now)
            on conflict (sha256) do nothing""";
    private static final String FIND = "select " + COLUMNS + " from plugin_version where sha256 = :sha256";
    private static final String ALL = "select " + COLUMNS + " from plugin_version order by plugin, first_seen desc";
    private static final String CONTENT = "select content from plugin_version where sha256 = :sha256";
    private static final String ABOUT = "update plugin_version set about = :about where sha256 = :sha256";
    private static final String SET_ASIDE = "update plugin_version set set_aside = :why where sha256 = :sha256";
    private static final String FORGET = """
            delete from plugin_version v where v.plugin = :plugin
                and not exists (select from plugin p where v.sha256 in (p.wanted, p.good, p.candidate))
                and v.sha256 not in (select sha256 from plugin_version where plugin = :plugin
                    order by first_seen desc limit :most)""";

    private static final String FORGET_ONE = "delete from plugin_version where sha256 = :sha256";

    /** Keeps a version; one that is kept already stays as it is. */
    void add(Handle tx, KeptVersion version, byte[] content) {
        tx.createUpdate(ADD)
                .bind("sha256", version.sha256())
                .bind("plugin", version.plugin())
                .bind("version", version.version())
                .bind("fileName", version.fileName())
                .bind("origin", version.origin().name())
                .bind("content", content)
                .bind("about", new Jsonb(Json.text(version.profile())))
                .bind("now", version.firstSeen())
                .execute();
    }

    Optional<KeptVersion> find(Handle db, String sha256) {
        return db.createQuery(FIND)
                .bind("sha256", sha256)
                .map((rs, _) -> read(rs))
                .findOne();
    }

    /** All, those of one plugin together, newest first. */
    List<KeptVersion> all(Handle db) {
        return db.createQuery(ALL).map((rs, _) -> read(rs)).list();
    }

    Optional<byte[]> content(Handle db, String sha256) {
        return db.createQuery(CONTENT)
                .bind("sha256", sha256)
                .mapTo(byte[].class)
                .findOne();
    }

    void about(Handle tx, String sha256, VersionProfile profile) {
        tx.createUpdate(ABOUT)
                .bind("sha256", sha256)
                .bind("about", new Jsonb(Json.text(profile)))
                .execute();
    }

    /** @param why it must not be started again by itself; empty when it may */
    void setAside(Handle tx, String sha256, Optional<Words> why) {
        tx.createUpdate(SET_ASIDE)
                .bind("sha256", sha256)
                .bind("why", why.map(Json::text).orElse(null))
                .execute();
    }

    /** Forgets the oldest versions of a plugin beyond so many; never one that is on. */
    void forget(Handle tx, String plugin, int most) {
        tx.createUpdate(FORGET).bind("plugin", plugin).bind("most", most).execute();
    }

    /** Nothing may refer to it any more. */
    void forget(Handle tx, String sha256) {
        tx.createUpdate(FORGET_ONE).bind("sha256", sha256).execute();
    }

    private static KeptVersion read(ResultSet rs) throws SQLException {
        Instant seen = rs.getTimestamp("first_seen").toInstant();
        return new KeptVersion(
                rs.getString("sha256"),
                rs.getString("plugin"),
                rs.getString("version"),
                rs.getString("file_name"),
                Origin.valueOf(rs.getString("came_from")),
                Optional.ofNullable(rs.getString("set_aside")).map(text -> Json.parse(text, Words.class)),
                VersionProfile.read(rs.getString("about")),
                seen);
    }
}
