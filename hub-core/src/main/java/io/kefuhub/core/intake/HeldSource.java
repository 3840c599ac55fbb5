package io.kefuhub.core.intake;

import io.kefuhub.api.web.WebReply;
import io.kefuhub.core.plugin.Asked;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's event source that can be let go of. A stream outlives the generation that began it, and what serves it keeps
 * its first answer for as long; were the plugin's own object in that answer, its version would stay in memory until the
 * caller leaves. Used by the thread of its stream.
 */
final class HeldSource implements WebReply.EventSource {
    private WebReply.@Nullable EventSource held;

    private HeldSource(WebReply.EventSource held) {
        this.held = held;
    }

    /** The same answer; where it is a stream, its source is held. */
    static Asked<WebReply> in(Asked<WebReply> asked) {
        return asked instanceof Asked.Answered<WebReply>(var reply, var nanos)
                        && reply.body() instanceof WebReply.Body.Events(var source)
                ? new Asked.Answered<>(
                        new WebReply(reply.status(), reply.headers(), new WebReply.Body.Events(new HeldSource(source))),
                        nanos)
                : asked;
    }

    /** The next generation has taken the stream over: nothing is asked of this one any more. */
    void letGo() {
        held = null;
    }

    @Override
    public void feed(WebReply.EventSink sink) throws IOException, InterruptedException {
        var source = held;
        if (source != null) source.feed(sink);
    }

    @Override
    public void ended() {
        var source = held;
        if (source != null) source.ended();
    }
}
