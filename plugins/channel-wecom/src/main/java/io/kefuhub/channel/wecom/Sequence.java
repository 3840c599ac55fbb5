package io.kefuhub.channel.wecom;

import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import java.util.List;

/** Sends the messages of one reply in order, and remembers how far it came. Safe for threads. */
public final class Sequence {
    private final Progress progress;

    /** Sends one message. */
    public interface Sender {
        /**
         * @param number of the message within its reply, from 0
         * @param doubt what is known of an earlier attempt; its {@code doubtful} says whether that may have arrived
         */
        Delivered send(int number, Piece piece, Progress.State doubt);
    }

    public Sequence(Progress progress) {
        this.progress = progress;
    }

    public Delivered send(Delivery delivery, Progress.State before, List<Piece> pieces, Sender sender) {
        var state = before;
        var last = new Delivered.Done("");
        for (var number = before.done(); number < pieces.size(); number++) {
            switch (sender.send(number, pieces.get(number), state)) {
                case Delivered.Done done -> {
                    last = done;
                    progress.done(delivery, number + 1);
                    state = new Progress.State(number + 1, false, state.since());
                }
                case Delivered.Unknown unknown -> {
                    progress.doubtful(delivery, state);
                    return unknown;
                }
                case Delivered.Undeliverable never -> {
                    return never;
                }
                case Delivered later -> {
                    if (!state.doubtful()) progress.done(delivery, number);
                    return later;
                }
            }
        }
        return last;
    }
}
