package io.kefuhub.core.gateway;

import io.kefuhub.core.web.ProgramError;
import io.kefuhub.core.web.Words;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a body up to a limit, however it is sent. One thread only. */
final class BodyLimit extends FilterInputStream {
    /** Room for a picture of ten megabytes as text. */
    static final int MOST = 16 << 20;

    private long read;

    BodyLimit(InputStream in) {
        super(in);
    }

    static ProgramError tooLarge() {
        return ProgramError.of(
                413,
                "invalid_request_error",
                "request_too_large",
                new Words("The body is larger than %s MB.", "请求内容超过 %s MB。").with(MOST >> 20));
    }

    @Override
    public int read() throws IOException {
        var one = super.read();
        if (one >= 0) count(1);
        return one;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        var some = super.read(into, from, most);
        if (some > 0) count(some);
        return some;
    }

    private void count(int bytes) {
        read += bytes;
        if (read > MOST) throw tooLarge();
    }
}
