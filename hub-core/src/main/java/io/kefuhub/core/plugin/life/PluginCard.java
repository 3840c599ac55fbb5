package io.kefuhub.core.plugin.life;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A plugin as the console shows it. Immutable.
 *
 * @param title what people call it, in the reader's language; its id when it says none
 * @param provider who made it, as it says itself; may be empty
 * @param state {@code serving}, {@code off}, {@code refused} (nothing of it serves, the last file was not taken),
 *     {@code asking} (nothing of it serves until an admin allows what it asks for) or {@code quarantined}
 * @param detail why it is not as it should be, in the reader's language
 * @param serving the version that serves
 * @param calls since this version came to serve, over all its instances
 * @param instances what is made of it, or was when it last served
 * @param resting whether an instance of it is not asked after repeated failures
 * @param trial of the version that is tried, or of the last that was
 * @param arrivals how new versions are tried first; empty when they serve at once
 * @param leaks versions that were unloaded and are still in memory, the first to leave first, and what holds them
 */
record PluginCard(
        String id,
        String title,
        String description,
        String provider,
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
        Optional<TrialCard> trial,
        Optional<TrialTerms> arrivals,
        List<StayedVersion> leaks) {

    /**
     * @param served whether it has ever served
     * @param setAside why it is not started by itself
     * @param asks what it asks to be allowed
     * @param unapproved what of it no admin has agreed to yet
     */
    record VersionCard(
            String hash,
            String version,
            String fileName,
            String origin,
            Instant firstSeen,
            boolean serving,
            boolean served,
            Optional<String> setAside,
            VersionProfile.Asked asks,
            Optional<VersionProfile.Asked> unapproved,
            Optional<VersionProfile.Signer> signer,
            List<String> warnings) {}

    /** Something it offers. */
    record OfferCard(String kind, String id, String title) {}

    record InstanceRef(String kind, String key, String title, String state) {}
}
