package io.kefuhub.core.plugin.life;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code plugin_file} table, and nothing else. */
final class SeenFiles {
    private static final String ALL = "select name, sha256, plugin from plugin_file where folder = :folder";
    private static final String UNKNOWN = "select name from plugin_file where plugin is null";
    private static final String SEE = """
            insert into plugin_file (folder, name, sha256, plugin) values (:folder, :name, :sha256, :plugin)
            on conflict (folder, name) do update set sha256 = excluded.sha256, plugin = excluded.plugin""";
    private static final String GONE = "delete from plugin_file where folder = :folder and name = :name";
    private static final String FORGET = "delete from plugin_file where folder = :folder and sha256 = :sha256";

    /**
     * What a file was.
     *
     * @param plugin whose version it was; empty when it was none
     */
    record Seen(String sha256, Optional<String> plugin) {}

    /** By file name. */
    Map<String, Seen> all(Handle db, Origin folder) {
        var seen = new HashMap<String, Seen>();
        db.createQuery(ALL)
                .bind("folder", folder.name())
                .map((rs, _) -> seen.put(
                        rs.getString("name"),
                        new Seen(rs.getString("sha256"), Optional.ofNullable(rs.getString("plugin")))))
                .list();
        return seen;
    }

    /** Names of files that are no version of any plugin. */
    Set<String> unknown(Handle db) {
        return new HashSet<>(db.createQuery(UNKNOWN).mapTo(String.class).list());
    }

    void see(Handle tx, Origin folder, String name, Seen what) {
        tx.createUpdate(SEE)
                .bind("folder", folder.name())
                .bind("name", name)
                .bind("sha256", what.sha256())
                .bind("plugin", what.plugin().orElse(null))
                .execute();
    }

    /** What these bytes were is not known any more. */
    void forget(Handle tx, Origin folder, String sha256) {
        tx.createUpdate(FORGET)
                .bind("folder", folder.name())
                .bind("sha256", sha256)
                .execute();
    }

    void gone(Handle tx, Origin folder, String name) {
        tx.createUpdate(GONE).bind("folder", folder.name()).bind("name", name).execute();
    }
}
