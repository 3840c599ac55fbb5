package io.kefuhub.core.plugin.life;

import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What the life of plugins stands on. Immutable.
 *
 * @param folder where people drop files
 * @param bundled where the plugins lie that come with the hub
 * @param build where an author's build puts its jar, which is taken whenever it is made anew
 * @param privateFolder where copies are loaded from; nothing else belongs there
 * @param collections how far apart collections are that prove that what was unloaded is gone
 */
public record LifeParts(
        Database database,
        AuditLog audit,
        Ids ids,
        InstantSource clock,
        Contributions contributions,
        Guard guard,
        Instances instances,
        List<PluginFormat> formats,
        Path folder,
        Optional<Path> bundled,
        Optional<Path> build,
        Path privateFolder,
        Duration collections) {
    public LifeParts {
        formats = List.copyOf(formats);
    }
}
