package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.core.plugin.CallerGoneException;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.web.OutsideCalls;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Optional;

/**
 * One event stream, fed by the generation of its channel that answered with it. When that generation ends, the next one
 * is asked the same, from the last event on, as the browser would by itself; so the stream stays open. For one thread.
 */
final class ServedStream implements OutsideCalls.Feeding {
    private static final String LAST_EVENT = "last-event-id";

    private final Contributions contributions;
    private final Guard guard;
    private final WebRequest request;
    private Slot<Channel> slot;
    private Optional<WebReply.EventSource> now = Optional.empty();

    ServedStream(Contributions contributions, Guard guard, Slot<Channel> slot, WebRequest request) {
        this.contributions = contributions;
        this.guard = guard;
        this.slot = slot;
        this.request = request;
    }

    @Override
    public void feed(WebReply.EventSource source, WebReply.EventSink sink) {
        var out = new Out(sink);
        for (var next = Optional.of(source); next.isPresent(); next = next(out)) {
            now.ifPresent(ServedStream::letGo);
            now = next;
            guard.feed(slot, next.get(), out);
        }
    }

    private static void letGo(WebReply.EventSource source) {
        if (source instanceof HeldSource held) held.letGo();
    }

    /** What the next generation feeds; empty when it was not the generation that ended, but the stream. */
    private Optional<WebReply.EventSource> next(Out out) {
        if (!slot.isClosed() || out.failed) return Optional.empty();
        // The thread was interrupted to leave the generation that has ended.
        Thread.interrupted();
        var next = contributions.channel(slot.instance()).filter(other -> !other.equals(slot));
        if (next.isEmpty()) return Optional.empty();
        slot = next.get();
        return HeldSource.in(guard.serve(slot, after(out.last)))
                .answer()
                .flatMap(reply -> reply.body() instanceof WebReply.Body.Events(var source)
                        ? Optional.of(source)
                        : Optional.empty());
    }

    private WebRequest after(String last) {
        var headers = new HashMap<>(request.headers());
        if (!last.isEmpty()) headers.put(LAST_EVENT, last);
        return new WebRequest(
                request.method(),
                request.path(),
                request.rest(),
                request.query(),
                headers,
                request.address(),
                request.secure(),
                request.host(),
                InputStream.nullInputStream());
    }

    @Override
    public void ended(WebReply.EventSource first) {
        guard.ended(slot, now.orElse(first));
    }

    /** Remembers how far the stream has come. */
    private static final class Out implements WebReply.EventSink {
        private final WebReply.EventSink sink;
        private String last = "";
        private boolean failed;

        Out(WebReply.EventSink sink) {
            this.sink = sink;
        }

        @Override
        public void event(String id, String name, String data) throws IOException {
            send(() -> sink.event(id, name, data));
            if (!id.isEmpty()) last = id;
        }

        @Override
        public void comment(String text) throws IOException {
            send(() -> sink.comment(text));
        }

        private void send(Sending what) throws CallerGoneException {
            failed = true;
            try {
                what.send();
            } catch (IOException e) {
                throw new CallerGoneException(e);
            }
            failed = false;
        }

        private interface Sending {
            void send() throws IOException;
        }
    }
}
