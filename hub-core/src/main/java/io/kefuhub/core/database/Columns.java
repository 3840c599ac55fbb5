package io.kefuhub.core.database;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows turned into one array a column, for {@code unnest(?, ?, …)}: columns are added in the order of the question marks.
 * The arrays are in PostgreSQL's binary format, which neither side has to escape or parse. One thread only.
 */
public final class Columns<T> {
    private static final long POSTGRES_EPOCH_SECONDS = 946_684_800L;

    private final List<T> rows;
    private final List<Array> arrays = new ArrayList<>();

    /** An array as the server reads it. */
    record Array(int oid, byte[] bytes) {}

    private interface Writer<V> {
        void write(DataOutputStream out, V value) throws IOException;
    }

    private Columns(Collection<T> rows) {
        this.rows = List.copyOf(rows);
    }

    public static <T> Columns<T> of(Collection<T> rows) {
        return new Columns<>(rows);
    }

    public Columns<T> uuids(Function<T, @Nullable UUID> value) {
        return add(2950, 2951, 16, value, (out, id) -> {
            out.writeInt(16);
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
        });
    }

    public Columns<T> texts(Function<T, @Nullable String> value) {
        return add(25, 1009, 24, value, (out, text) -> {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        });
    }

    public Columns<T> longs(Function<T, @Nullable Long> value) {
        return add(20, 1016, 8, value, (out, number) -> {
            out.writeInt(8);
            out.writeLong(number);
        });
    }

    public Columns<T> ints(Function<T, @Nullable Integer> value) {
        return add(23, 1007, 4, value, (out, number) -> {
            out.writeInt(4);
            out.writeInt(number);
        });
    }

    public Columns<T> bytes(Function<T, byte @Nullable []> value) {
        return add(17, 1001, 64, value, (out, bytes) -> {
            out.writeInt(bytes.length);
            out.write(bytes);
        });
    }

    /** To the microsecond, as PostgreSQL keeps them. */
    public Columns<T> moments(Function<T, @Nullable Instant> value) {
        return add(1184, 1185, 8, value, (out, moment) -> {
            out.writeInt(8);
            out.writeLong((moment.getEpochSecond() - POSTGRES_EPOCH_SECONDS) * 1_000_000 + moment.getNano() / 1_000);
        });
    }

    List<Array> arrays() {
        return arrays;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    private <V> Columns<T> add(int oid, int arrayOid, int typical, Function<T, @Nullable V> value, Writer<V> writer) {
        var bytes = new ByteArrayOutputStream(20 + rows.size() * (typical + 4));
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(rows.isEmpty() ? 0 : 1);
            out.writeInt(1);
            out.writeInt(oid);
            if (!rows.isEmpty()) {
                out.writeInt(rows.size());
                out.writeInt(1);
            }
            for (var row : rows) {
                var one = value.apply(row);
                if (one == null) out.writeInt(-1);
                else writer.write(out, one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        arrays.add(new Array(arrayOid, bytes.toByteArray()));
        return this;
    }
}
