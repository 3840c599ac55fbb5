package io.kefuhub.core.audit.chain;

import io.kefuhub.core.audit.chain.Finding.What;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Walks the chain and the rows beside it, and holds both against what was signed. Reads only. One thread, once.
 *
 * <p>Memory is bounded: a page of links at a time, and the first findings.
 */
final class Verification {
    private static final int PAGE = 5_000;
    private static final int SHOWN = 1_000;

    private final Links links = new Links();
    private final RecordedRows rows = new RecordedRows();
    private final Reader reader;
    private final LongConsumer progress;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Long, List<Checkpoint>> signed = new HashMap<>();
    private long notShown;
    private long walked;
    private long expired;
    private long checked;
    private Optional<Link> last = Optional.empty();

    /**
     * What came of it.
     *
     * @param notShown findings that were only counted
     * @param walked links that were looked at
     * @param expired rows that went after their days, as the audit says
     * @param waiting rows that the sealer has not come to
     * @param signed links that a checkpoint confirms
     */
    record Outcome(
            List<Finding> findings,
            long notShown,
            long walked,
            long expired,
            long waiting,
            long signed,
            Optional<Link> last) {
        boolean isFine() {
            return findings.isEmpty();
        }
    }

    /**
     * How it reads: all of it in one snapshot, or step by step beside a hub that goes on writing. What is sealed never
     * changes, and each step reads first what may go and then what says that it may, so both come to the same.
     */
    interface Reader {
        <R> R read(Function<Handle, R> step);

        static Reader of(Handle db) {
            return new Reader() {
                @Override
                public <R> R read(Function<Handle, R> step) {
                    return step.apply(db);
                }
            };
        }
    }

    /**
     * @param progress told after each step how many links were looked at
     */
    Verification(Reader reader, LongConsumer progress) {
        this.reader = reader;
        this.progress = progress;
    }

    /**
     * @param since where to begin; at the first link if empty
     * @param publicHalf of the key that signed; empty when nothing was signed yet
     */
    Outcome run(Optional<LocalDate> since, List<Checkpoints.Line> lines, Optional<String> publicHalf) {
        var first =
                since.flatMap(day -> reader.read(db -> links.firstOf(db, day))).orElse(1L);
        read(lines, publicHalf);
        walk(first - 1);
        if (since.isEmpty() || last.isPresent()) lookAtTheEnd();
        lookForLeftOut();
        long waiting = reader.read(db -> rows.waiting(db, links.marks(db).from()));
        return new Outcome(List.copyOf(findings), notShown, walked, expired, waiting, checked, last);
    }

    private void read(List<Checkpoints.Line> lines, Optional<String> publicHalf) {
        var before = "";
        for (var line : lines) {
            var place = line.file() + ":" + line.number();
            var readable = line.checkpoint();
            if (readable.isEmpty()) {
                add(Finding.of(What.UNREADABLE, place));
            } else {
                var checkpoint = readable.get();
                if (publicHalf.filter(checkpoint::isSignedBy).isEmpty()) {
                    add(Finding.of(What.NOT_SIGNED, row(checkpoint), place));
                } else if (!checkpoint.before().equals(before)) {
                    add(Finding.of(What.CHECKPOINTS_GONE, row(checkpoint), place));
                }
                signed.computeIfAbsent(checkpoint.number(), _ -> new ArrayList<>())
                        .add(checkpoint);
            }
            before = Checkpoints.hash(line.text());
        }
    }

    private void walk(long after) {
        last = after == 0 ? Optional.empty() : reader.read(db -> links.numbered(db, after));
        for (var at = after; ; ) {
            var from = at;
            int walkedNow = reader.read(db -> step(db, from));
            if (walkedNow == 0) return;
            at = last.orElseThrow().number();
            walked += walkedNow;
            progress.accept(walked);
        }
    }

    /** Looks at a page of links behind a number; says how many there were. */
    private int step(Handle db, long after) {
        var page = links.after(db, after, PAGE);
        if (page.isEmpty()) return 0;
        var hashes =
                rows.hashes(db, page.stream().map(link -> link.sealed().row()).toList());
        var expiredBefore = rows.expiredBefore(db);
        var at = after;
        for (var link : page) {
            lookAt(link, at);
            lookAtRow(link, hashes.apply(link.sealed().row()), expiredBefore);
            at = link.number();
            last = Optional.of(link);
        }
        return page.size();
    }

    private void lookAt(Link link, long before) {
        var row = link.sealed().row();
        var confirmed = signed.getOrDefault(link.number(), List.of());
        checked += confirmed.size();
        confirmed.stream()
                .filter(one -> !one.agreesWith(link))
                .findFirst()
                .ifPresent(one -> add(Finding.of(What.REWRITTEN, row, one.at().toString())));
        if (link.number() != before + 1) {
            add(Finding.of(What.SEALS_GONE, row, numbers(before + 1, link.number() - 1)));
        } else if (!link.isWhole()) {
            add(Finding.of(What.SEAL_CHANGED, row, Long.toString(link.number())));
        } else if (!link.follows(last)) {
            add(Finding.of(
                    What.OUT_OF_ORDER,
                    row,
                    last.map(one -> Finding.name(one.sealed().row())).orElse("nothing")));
        }
    }

    private void lookAtRow(Link link, Optional<byte[]> now, Instant expiredBefore) {
        var row = link.sealed().row();
        if (now.isPresent()) {
            if (!Arrays.equals(now.get(), link.sealed().rowHash())) add(Finding.of(What.CHANGED, row, ""));
        } else if (Recorded.of(row.table()).filter(Recorded::expires).isPresent()
                && row.at().isBefore(expiredBefore)) {
            expired++;
        } else {
            add(Finding.of(What.DELETED, row, ""));
        }
    }

    /** What was signed and is not there any more; the last of it has a name. */
    private void lookAtTheEnd() {
        var end = last.map(Link::number).orElse(0L);
        signed.values().stream()
                .flatMap(List::stream)
                .filter(one -> one.number() > end)
                .max(java.util.Comparator.comparingLong(Checkpoint::number))
                .ifPresent(one -> add(Finding.of(What.CUT_OFF, row(one), end + ", " + one.at())));
    }

    private void lookForLeftOut() {
        var marks = reader.read(links::marks);
        if (marks.isOfAnotherServer()) return;
        reader.read(db -> rows.leftOut(db, marks.seen(), SHOWN))
                .forEach(row -> add(Finding.of(What.LEFT_OUT, row, "")));
    }

    private void add(Finding finding) {
        if (findings.size() < SHOWN) findings.add(finding);
        else notShown++;
    }

    private static String numbers(long from, long to) {
        return from == to ? Long.toString(from) : from + "–" + to;
    }

    private static Link.RowId row(Checkpoint checkpoint) {
        return new Link.RowId(checkpoint.table(), checkpoint.row(), Instant.EPOCH);
    }
}
