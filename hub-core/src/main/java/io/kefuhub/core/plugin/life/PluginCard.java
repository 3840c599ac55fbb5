package io.kefuhub.core.plugin.life;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A plugin as the console shows it. Immutable.
 *
 * @param state {@code serving}, {@code off}, {@code refused} (nothing of it serves, the last file was not taken) or
 *     {@code quarantined}
 * @param detail why it is not as it should be, in the reader's language
 * @param serving the version that serves
 * @param calls since this version came to serve, over all its instances
 * @param resting whether an instance of it is not asked after repeated failures
 * @param leaks versions that were unloaded and are still in memory, and what holds them
 */
record PluginCard(
        String id,
        String state,
        Optional<String> detail,
        Optional<VersionCard> serving,
        List<OfferCard> contributions,
        List<InstanceRef> instances,
        long calls,
        long errors,
        long late,
        boolean resting,
        List<VersionCard> versions,
        List<String> leaks) {

    /** @param setAside why it is not started by itself */
    record VersionCard(
            String hash,
            String version,
            String fileName,
            String origin,
            Instant firstSeen,
            boolean serving,
            Optional<String> setAside) {}

    /** Something it offers. */
    record OfferCard(String kind, String id, String title) {}

    record InstanceRef(String kind, String key, String title, String state) {}
}
