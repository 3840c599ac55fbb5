package io.kefuhub.core.database;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final List<T> rows;
    private final List<Array> arrays = new ArrayList<>();

    /** An array as the server reads it. */
    record Array(int oid, byte[] bytes) {}

    private interface Writer<V> {
        void write(Bytes out, V value);
    }

    /** Grows while it is written; numbers begin with their highest byte, as the server wants them. */
    private static final class Bytes {
        private byte[] all;
        private int length;

        Bytes(int expected) {
            all = new byte[expected];
        }

        void writeInt(int number) {
            var at = place(Integer.BYTES);
            INTS.set(all, at, number);
        }

        void writeLong(long number) {
            var at = place(Long.BYTES);
            LONGS.set(all, at, number);
        }

        void write(byte[] bytes) {
            var at = place(bytes.length);
            System.arraycopy(bytes, 0, all, at, bytes.length);
        }

        /** Where the next ones belong; may make the array another one. */
        private int place(int more) {
            var at = length;
            length = Math.addExact(length, more);
            if (length > all.length) all = Arrays.copyOf(all, Math.max(length, all.length * 2));
            return at;
        }

        byte[] written() {
            return length == all.length ? all : Arrays.copyOf(all, length);
        }
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
        var bytes = new Bytes(20 + rows.size() * (typical + 4));
        bytes.writeInt(rows.isEmpty() ? 0 : 1);
        bytes.writeInt(1);
        bytes.writeInt(oid);
        if (!rows.isEmpty()) {
            bytes.writeInt(rows.size());
            bytes.writeInt(1);
        }
        for (var row : rows) {
            var one = value.apply(row);
            if (one == null) bytes.writeInt(-1);
            else writer.write(bytes, one);
        }
        arrays.add(new Array(arrayOid, bytes.written()));
        return this;
    }
}
