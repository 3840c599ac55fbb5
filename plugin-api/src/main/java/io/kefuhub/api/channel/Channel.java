package io.kefuhub.api.channel;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import java.util.Optional;

/**
 * One way customers reach the hub: an account on a platform, or a widget on a site.
 *
 * <p>A channel translates between its platform and the hub and decides nothing else. Called from many threads at once;
 * every call but {@link #listen} has a deadline the admin sets (10 s unless configured), a later answer is discarded and
 * counts as a failure. After {@link #close} no call comes.
 */
public interface Channel extends AutoCloseable {
    /** Says how this channel sends; the same answer for the life of the instance. */
    Abilities abilities();

    /** Says whether the settings work, asking the platform where that costs nothing. */
    default CheckResult check() {
        return new CheckResult.Fine();
    }

    /**
     * Judges a call of the platform's webhook: verify first, then parse, then answer. Only {@link Receipt.Accepted}
     * carries messages; the platform is answered after they are durable.
     *
     * @param request as it came, nothing in it verified; platforms repeat calls, and so do attackers
     * @return what it was; an exception is answered with 503, so that the platform tries again
     */
    default Receipt receive(WebRequest request) {
        return new Receipt.Refused("this channel has no webhook");
    }

    /**
     * Fetches what has come since the cursor. Asked for one batch after the other, never twice at once for one source;
     * again at once when something says meanwhile that more waits, later and later after a failure, and for every source that
     * was ever named when the instance begins to serve, since a nudge may have been lost with the hub. What a batch holds is
     * stored before the next one is asked for; what is no message (an event that wants an answer within seconds) is yours to
     * act on right here.
     *
     * @param source what a {@link Receipt.Nudged} or {@link Inbox#nudged} named
     * @param cursor where the last batch ended, empty at first; kept by the hub once the batch's messages are durable, so the
     *     last batch may be asked for again
     */
    default Pulled pull(String source, String cursor) {
        return Pulled.nothing(cursor);
    }

    /**
     * Keeps a connection to the platform, where it pushes over one that the channel opens. Called once after the
     * instance went live, on a thread of its own; returns when it is interrupted or there is nothing to listen to. The
     * hub calls it again, later and later, when it returns early.
     *
     * <p>While an instance is replaced both generations listen: the one before is interrupted once this one has said
     * {@link Inbox#listening}, or after 10 s. What comes twice is stored once.
     */
    default void listen() {}

    /**
     * Hands over one reply. The hub never calls it twice at once for one conversation, keeps the order, and repeats it
     * with the same {@link Delivery#id}.
     *
     * @param delivery holds at least one part; a text within the limit of {@link #abilities}
     * @return what became of it; after an exception or lateness the outcome is unknown, and {@link Abilities#repeats} says
     *     whether it is repeated
     */
    Delivered deliver(Delivery delivery);

    /**
     * Shows more of an answer that is still being made; only asked where {@link Abilities#streaming} says that sent messages
     * are edited or answers fetched. Of one answer it is asked once at a time, and never during or after the delivery that
     * ends it. What is not done here is made good by that delivery.
     */
    default Delivered revise(Draft draft) {
        return new Delivered.Undeliverable("this channel does not stream");
    }

    /** Answers a call on one of the factory's public paths. */
    default WebReply serve(WebRequest request) {
        return WebReply.notFound();
    }

    /** Answers a caller on one of the factory's public paths that asks for a web socket. */
    default Upgrade live(WebRequest request) {
        return new Upgrade.Refused(WebReply.notFound());
    }

    /**
     * Goes on with an open socket of the generation before, so that replacing the plugin or changing a setting closes
     * none. Called once for each, soon after this generation went live, for many sockets at once.
     *
     * @param socket open; frames come when this has returned
     * @param subprotocol that was agreed on when it opened
     * @param state what the handler before returned from {@code handOver}, perhaps of another version: what cannot be
     *     understood is no defect
     * @return the handler for what comes, whose {@code onOpen} is not called; empty when this one cannot go on, and then
     *     the socket is closed with 1012, upon which the other side comes back
     */
    default Optional<SocketHandler> takeOver(LiveSocket socket, String subprotocol, String state) {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
