package io.kefuhub.api.kit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A film that is made while it is read, so that it is whole nowhere unless whoever reads it keeps it, and that looks
 * meanwhile how the heap grows. Safe for threads.
 */
public final class LargeFile {
    private static final byte[] START = HexFormat.of().parseHex("00000018667479706d703432");
    private static final long MEGABYTE = 1L << 20;
    private static final long LEAST = 16 * MEGABYTE;
    private static final int LOOKS = 6;
    private static final long MOST_GROWTH = 64 * MEGABYTE;

    private final long size;
    private final long before = reachable();
    private final AtomicLong most = new AtomicLong();

    /** @param size in bytes, at least 16 MB */
    public LargeFile(long size) {
        if (size < LEAST) throw new IllegalArgumentException("too small to be noticed");
        this.size = size;
    }

    public long size() {
        return size;
    }

    public String name() {
        return "film.mp4";
    }

    public String mime() {
        return "video/mp4";
    }

    /** Opens it at its beginning; may be opened more than once. */
    public InputStream open() {
        return new SequenceInputStream(new ByteArrayInputStream(START), new Rest(size - START.length));
    }

    /** Throws when the heap grew by more than 64 MB, or by more than three quarters of a smaller file. */
    public void mustHaveTakenLittleMemory() {
        var bound = Math.min(MOST_GROWTH, size / 4 * 3);
        Broken.unless(
                most.get() > 0 && most.get() - before <= bound,
                "the heap grew by %s MB for a file of %s MB, which must go through in pieces",
                "处理 %2$s MB 的文件时堆内存增长了 %1$s MB，应分块处理",
                (most.get() - before) / MEGABYTE,
                size / MEGABYTE);
    }

    private void look() {
        most.accumulateAndGet(reachable(), Math::max);
    }

    /** What is held; garbage is no growth. */
    private static long reachable() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private final class Rest extends InputStream {
        private long left;

        Rest(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return read(new byte[1], 0, 1) < 0 ? -1 : 0;
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            if (length == 0) return 0;
            if (left == 0) return -1;
            var some = (int) Math.min(length, left);
            Arrays.fill(buffer, from, from + some, (byte) 0);
            var piece = size / LOOKS;
            var passed = left / piece != (left - some) / piece;
            left -= some;
            if (passed || left == 0) look();
            return some;
        }
    }
}
