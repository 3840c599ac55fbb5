package io.kefuhub.core.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A plugin and how it is. Immutable.
 *
 * @param hash SHA-256 of the file
 * @param state {@code serving}, {@code starting}, {@code draining}, {@code refused}, {@code quarantined} or
 *     {@code stopped}
 * @param detail why it is not serving
 */
public record PluginView(
        String id,
        String version,
        Optional<String> hash,
        String state,
        Optional<String> detail,
        List<Contribution> contributions,
        long calls,
        long errors,
        long late,
        Optional<Instant> since) {
    public PluginView {
        contributions = List.copyOf(contributions);
    }

    /** Something it offers. */
    public record Contribution(String id, String kind, String title) {}
}
