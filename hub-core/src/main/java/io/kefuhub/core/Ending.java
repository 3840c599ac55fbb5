package io.kefuhub.core;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the process ends. Whoever wants it to sends a signal, and the hub closes in order. Where foreign code calls exit,
 * nobody wanted it: the hub ends at once, with the status upon which it is started again, as when memory runs out.
 */
final class Ending implements Runnable {
    /** {@code bin/kefuhub} and service managers start the hub again. */
    private static final int START_AGAIN = 3;

    private volatile boolean wanted;
    private volatile Optional<Hub> hub = Optional.empty();

    /** Decides from now on how the process ends. */
    static Ending watch() {
        var ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(ending, "shutdown"));
        return ending;
    }

    void serves(Hub started) {
        hub = Optional.of(started);
    }

    /** Ends the process because the hub itself says so. */
    void exit(int status) {
        wanted = true;
        System.exit(status);
    }

    @Override
    public void run() {
        if (!wanted && !isBySignal()) {
            System.err.println("A plugin has ended the process: the hub is to be started again.");
            Runtime.getRuntime().halt(START_AGAIN);
        }
        hub.ifPresent(Hub::close);
    }

    /** The Java machine handles a signal that ends it on a thread of its own, in a class of this name. */
    private static boolean isBySignal() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Stream::of)
                .anyMatch(frame -> frame.getClassName().startsWith("java.lang.Terminator"));
    }
}
