package io.kefuhub.core.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;

/**
 * What a caller still sends of a body that is refused. A caller that only listens when all is sent, as browsers do, never
 * hears why a body was refused if the connection is closed under it: so it is read and thrown away first.
 */
final class UnreadBody {
    /** A larger file is cut off, and so is one that comes too slowly. */
    static final long MOST = 256L << 20;

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private UnreadBody() {}

    /** Reads on until the end, the limit or the longest wait; in the thread of the call. */
    static void discard(Context ctx) {
        var length = ctx.req().getContentLengthLong();
        if (length == 0 || length < 0 && ctx.header("Transfer-Encoding") == null) return;
        // A caller that waits for a word before it sends has sent nothing yet, and reading would be that word.
        if (ctx.header("Expect") != null || length > MOST) return;
        var until = System.nanoTime() + LONGEST.toNanos();
        var discarded = 0L;
        var piece = new byte[64 * 1024];
        try {
            var body = ctx.req().getInputStream();
            for (var read = 0; read >= 0 && discarded < MOST && System.nanoTime() < until; discarded += read) {
                read = body.read(piece);
            }
        } catch (IOException | IllegalStateException _) {
            // Gone, or read already.
        }
    }
}
