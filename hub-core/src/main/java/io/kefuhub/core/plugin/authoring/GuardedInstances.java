package io.kefuhub.core.plugin.authoring;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.kit.Broken;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Instances as the contract kit asks them: each question goes through the guard, and what the guard answers in the place
 * of a foreign answer is {@link Broken}.
 */
final class GuardedInstances {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The guard lets fewer into one filter at once than the kit asks from; the others wait here. */
    private static final Semaphore FILTER_CALLS = new Semaphore(8);

    private GuardedInstances() {}

    static <T> T answered(Asked<T> asked) {
        return asked.answer().orElseThrow(() -> {
            var words = asked.why().words();
            return asked instanceof Asked.Failed<T>(var reason, var _)
                    ? new Broken("threw %s", "抛出 %s", reason)
                    : Broken.inWords(words.en(), words.zh());
        });
    }

    static void close(Guard guard, Slot<?> slot) {
        try {
            answered(guard.close(slot, PATIENCE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while closing", e);
        }
    }

    record OfFilter(Guard guard, Slot<Filter> slot) implements Filter {
        /** Asked anew each time, unlike by the hub. */
        @Override
        public Set<Stage> stages() {
            return inTurn(() -> {
                for (var problem : guard.introduce(slot)) {
                    var text = Words.of(problem.text());
                    throw Broken.inWords(text.en(), text.zh());
                }
                return guard.stages(slot);
            });
        }

        @Override
        public Verdict apply(Message message, Facts facts, Stage stage) {
            return answered(again(() -> guard.apply(slot, message, facts, stage)));
        }

        @Override
        public int safeUntil(String soFar, Facts facts) {
            return answered(again(() -> guard.safeUntil(slot, soFar, facts)));
        }

        @Override
        public void close() {
            GuardedInstances.close(guard, slot);
        }

        /** Asks once more when it was late: the first call of new code has its classes to load. */
        private static <T> Asked<T> again(Supplier<Asked<T>> question) {
            return inTurn(() -> {
                var asked = question.get();
                return asked instanceof Asked.Late<T> ? question.get() : asked;
            });
        }

        private static <T> T inTurn(Supplier<T> question) {
            FILTER_CALLS.acquireUninterruptibly();
            try {
                return question.get();
            } finally {
                FILTER_CALLS.release();
            }
        }
    }

    record OfResponder(Guard guard, Slot<Responder> slot) implements Responder {
        @Override
        public Response respond(Turn turn, AnswerSink sink) {
            return answered(guard.respond(slot, turn, sink));
        }

        @Override
        public void close() {
            GuardedInstances.close(guard, slot);
        }
    }

    record OfChannel(Guard guard, Slot<Channel> slot) implements Channel {
        @Override
        public Abilities abilities() {
            return answered(guard.abilities(slot));
        }

        @Override
        public Receipt receive(WebRequest request) {
            return answered(guard.receive(slot, request));
        }

        @Override
        public WebReply serve(WebRequest request) {
            return answered(guard.serve(slot, request));
        }

        @Override
        public Upgrade live(WebRequest request) {
            return switch (answered(guard.live(slot, request))) {
                case Upgrade.Opened(var subprotocol, var limits, var handler) ->
                    new Upgrade.Opened(subprotocol, limits, new OfSocket(guard, slot, handler));
                case Upgrade.Refused refused -> refused;
            };
        }

        @Override
        public Delivered deliver(Delivery delivery) {
            return answered(guard.deliver(slot, delivery));
        }

        @Override
        public void close() {
            GuardedInstances.close(guard, slot);
        }
    }

    private record OfSocket(Guard guard, Slot<Channel> slot, SocketHandler handler) implements SocketHandler {
        @Override
        public void onOpen(LiveSocket socket) {
            answered(guard.onOpen(slot, handler, socket));
        }

        @Override
        public void onText(String text) {
            answered(guard.onText(slot, handler, text));
        }

        @Override
        public void onBinary(byte[] bytes) {
            answered(guard.onBinary(slot, handler, bytes));
        }

        @Override
        public void onClose(int code) {
            answered(guard.onClose(slot, handler, code));
        }
    }
}
