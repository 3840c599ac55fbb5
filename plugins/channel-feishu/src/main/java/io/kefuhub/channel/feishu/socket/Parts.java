package io.kefuhub.channel.feishu.socket;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Joins events that come in parts, in whatever order; what stays incomplete is dropped. One thread at a time. */
final class Parts {
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();
    private static final int MOST_PARTS = 1_000;
    private static final long MOST_BYTES = 16L << 20;

    private final LongSupplier nanos;
    private final Map<String, Set> sets = new LinkedHashMap<>();
    private long waiting;

    private static final class Set {
        private final byte[] @Nullable [] parts;
        private final long since;
        private int missing;
        private long bytes;

        Set(int sum, long since) {
            this.parts = new byte[sum][];
            this.since = since;
            this.missing = sum;
        }
    }

    Parts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Returns the whole as soon as all of it has come; empty before, and for what makes no sense. */
    Optional<byte[]> add(Frame frame) {
        var sum = number(frame, "sum", 1);
        var at = number(frame, "seq", 0);
        if (sum <= 1) return Optional.of(frame.payload());
        if (sum > MOST_PARTS || at < 0 || at >= sum) return Optional.empty();
        forgetOld();
        var id = frame.header("message_id").orElse("");
        var set = sets.computeIfAbsent(id, _ -> new Set(sum, nanos.getAsLong()));
        if (set.parts.length != sum || set.parts[at] != null) return Optional.empty();
        if (waiting + frame.payload().length > MOST_BYTES) return Optional.empty();
        set.parts[at] = frame.payload();
        set.bytes += frame.payload().length;
        waiting += frame.payload().length;
        if (--set.missing > 0) return Optional.empty();
        sets.remove(id);
        waiting -= set.bytes;
        var whole = new ByteArrayOutputStream((int) set.bytes);
        for (var part : set.parts) {
            if (part != null) whole.writeBytes(part);
        }
        return Optional.of(whole.toByteArray());
    }

    private void forgetOld() {
        var now = nanos.getAsLong();
        sets.values().removeIf(set -> {
            var old = now - set.since > PATIENCE;
            if (old) waiting -= set.bytes;
            return old;
        });
    }

    private static int number(Frame frame, String header, int absent) {
        try {
            return frame.header(header).map(Integer::parseInt).orElse(absent);
        } catch (NumberFormatException _) {
            return absent;
        }
    }
}
