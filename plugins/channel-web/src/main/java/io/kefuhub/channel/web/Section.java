package io.kefuhub.channel.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The bytes of a body up to the next boundary. Used by one thread; closing it leaves the body open. */
final class Section extends InputStream {
    private final Source source;
    private boolean finished;
    private boolean complete;

    private Section(Source source) {
        this.source = source;
    }

    /** Whether the boundary was reached; a body that was cut off has none. */
    boolean isComplete() {
        return complete;
    }

    void skipAll() throws IOException {
        transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (finished) return -1;
        try {
            var count = source.upToBoundary(into, offset, length);
            finished = count < 0;
            complete = finished;
            return count;
        } catch (EOFException e) {
            finished = true;
            return -1;
        }
    }

    /** A body and where its next boundary is looked for. */
    static final class Source {
        private final InputStream body;
        private final byte[] boundary;
        private final byte[] buffer = new byte[16 * 1024];
        private int start;
        private int end;

        /**
         * @param before what is to be read before the body, as if it came with it
         */
        Source(InputStream body, String boundary, String before) {
            this.body = body;
            this.boundary = boundary.getBytes(StandardCharsets.ISO_8859_1);
            var first = before.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(first, 0, buffer, 0, first.length);
            end = first.length;
        }

        Section section() {
            return new Section(this);
        }

        /** After a boundary: whether another section follows. */
        boolean goesOn() throws IOException {
            fill(2);
            var more = buffer[start] == '\r' && buffer[start + 1] == '\n';
            start += 2;
            return more;
        }

        /** Reads the lines up to an empty one; empty when they are too long. */
        Optional<String> head(int longest) throws IOException {
            for (var length = 0; length < longest; length++) {
                fill(length + 4);
                if (isLineBreak(start + length) && isLineBreak(start + length + 2)) {
                    var head = new String(buffer, start, length, StandardCharsets.UTF_8);
                    // The second line break may begin the boundary of an empty section.
                    start += length + 4;
                    return Optional.of("\r\n" + head);
                }
            }
            return Optional.empty();
        }

        private boolean isLineBreak(int at) {
            return buffer[at] == '\r' && buffer[at + 1] == '\n';
        }

        /** Reads what certainly lies before the boundary; -1 when the boundary comes next, which is then passed. */
        int upToBoundary(byte[] into, int offset, int length) throws IOException {
            fill(boundary.length);
            var safe = 0;
            while (start + safe + boundary.length <= end && !isBoundary(start + safe)) safe++;
            if (safe == 0) {
                start += boundary.length;
                return -1;
            }
            var count = Math.min(safe, length);
            System.arraycopy(buffer, start, into, offset, count);
            start += count;
            return count;
        }

        private boolean isBoundary(int at) {
            for (var i = 0; i < boundary.length; i++) {
                if (buffer[at + i] != boundary[i]) return false;
            }
            return true;
        }

        private void fill(int needed) throws IOException {
            while (end - start < needed) {
                if (start + needed > buffer.length || end == buffer.length) {
                    System.arraycopy(buffer, start, buffer, 0, end - start);
                    end -= start;
                    start = 0;
                }
                var count = body.read(buffer, end, buffer.length - end);
                if (count < 0) throw new EOFException("the form ends early");
                end += count;
            }
        }
    }
}
