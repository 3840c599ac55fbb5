package io.kefuhub.core.plugin.life;

import io.kefuhub.core.web.Words;
import java.util.ArrayList;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings back what was on when the hub last ended, but for what it died of. One thread only. */
final class Restoring {
    private static final Logger LOG = LoggerFactory.getLogger(Restoring.class);
    private static final int MOST_TRIES = 3;
    private static final Words DIED = new Words(
            "The hub died while it started this version. It is set aside; the version before serves.",
            "启动该版本时服务崩溃，已将其隔离，由之前的版本继续服务。");

    private final Records records;
    private final VersionChanges changes;

    Restoring(Records records, VersionChanges changes) {
        this.records = records;
        this.changes = changes;
    }

    void all() {
        records.plugins().forEach(this::restore);
    }

    private void restore(WantedPlugin plugin) {
        var died = plugin.trying().filter(sha256 -> isToBlame(plugin, sha256));
        died.flatMap(records::version).ifPresent(kept -> {
            LOG.error("Plugin {}: {}", plugin.id(), DIED.en());
            changes.setAside(kept, DIED);
        });
        var candidates = new ArrayList<String>();
        plugin.wanted().ifPresent(candidates::add);
        if (plugin.wanted().isPresent()) plugin.good().ifPresent(candidates::add);
        died.ifPresent(sha256 -> candidates.removeIf(sha256::equals));
        var serves = candidates.stream()
                .distinct()
                .anyMatch(sha256 -> changes.restore(records.version(sha256).orElseThrow()));
        plugin.candidate()
                .filter(one -> serves && !died.equals(Optional.of(one.sha256())))
                .ifPresent(one ->
                        changes.restoreTrial(records.version(one.sha256()).orElseThrow(), one.mode()));
    }

    /** A version that is new is to blame at once; one that has served before may have died with the hub by chance. */
    private static boolean isToBlame(WantedPlugin plugin, String sha256) {
        return !plugin.wanted().equals(Optional.of(sha256)) || plugin.tries() >= MOST_TRIES;
    }
}
