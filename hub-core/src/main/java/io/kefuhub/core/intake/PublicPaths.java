package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.web.PublicPath;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whose a public path is: looked up when it is called, as plugins come and go. Safe for threads. */
final class PublicPaths {
    private static final String KEY = "{key}";

    private final Contributions contributions;
    private final Guard guard;
    /** Of what is plugged in now; forgotten with every change, so that it keeps nothing in memory that has left. */
    private volatile Optional<Table> table = Optional.empty();

    private record Row(PublicPath path, Offer<?> offer) {}

    private record Table(Snapshot snapshot, List<Row> rows) {}

    /** Whose the path is, and what follows the part that says so. */
    sealed interface Match {
        String rest();

        record OfInstance(Slot<Channel> slot, String rest) implements Match {}

        record OfFactory(Offer<?> offer, String rest) implements Match {}
    }

    PublicPaths(Contributions contributions, Guard guard) {
        this.contributions = contributions;
        this.guard = guard;
        contributions.listen(_ -> table = Optional.empty());
    }

    Optional<Match> match(String path) {
        for (var row : rows()) {
            var match = match(row, path);
            if (match.isPresent()) return match;
        }
        return Optional.empty();
    }

    private List<Row> rows() {
        var snapshot = contributions.now();
        var known = table.filter(one -> one.snapshot() == snapshot);
        if (known.isPresent()) return known.get().rows();
        var rows = new ArrayList<Row>();
        for (var offer : snapshot.offers()) {
            if (offer.kind() != Kind.CHANNEL) continue;
            for (var path : guard.publicPaths(offer)) rows.add(new Row(path, offer));
        }
        table = Optional.of(new Table(snapshot, List.copyOf(rows)));
        // Changed while it was made: nobody would forget it.
        if (contributions.now() != snapshot) table = Optional.empty();
        return rows;
    }

    private Optional<Match> match(Row row, String path) {
        var pattern = row.path().pattern();
        var at = pattern.indexOf(KEY);
        if (at < 0) {
            return below(pattern, path).map(rest -> new Match.OfFactory(row.offer(), rest));
        }
        if (!path.startsWith(pattern.substring(0, at))) return Optional.empty();
        var end = path.indexOf('/', at);
        var key = path.substring(at, end < 0 ? path.length() : end);
        return below(pattern.replace(KEY, key), path)
                .flatMap(rest -> contributions
                        .channel(key)
                        .filter(slot -> slot.contribution()
                                .equals(row.offer().description().id()))
                        .map(slot -> new Match.OfInstance(slot, rest)));
    }

    private static Optional<String> below(String prefix, String path) {
        if (!path.startsWith(prefix)) return Optional.empty();
        var rest = path.substring(prefix.length());
        return rest.isEmpty() || rest.startsWith("/") ? Optional.of(rest) : Optional.empty();
    }
}
