package io.kefuhub.api.kit;

import java.time.Duration;

/** Asks a service that never answers, and calls that off. */
final class CalledOff {
    /** Whoever waits for a service is waiting by then; who asks none has answered. */
    private static final Duration BEGUN = Duration.ofSeconds(2);

    private static final Duration SOON = Duration.ofSeconds(3);

    private CalledOff() {}

    /** Has a question end that waits for a service, by interrupting its thread as the hub does at the deadline. */
    static void mustEnd(FakeHttp http, Runnable question) throws InterruptedException {
        mustEnd(http, question, Thread::interrupt);
    }

    /** @param off calls the question off that the thread asks */
    static void mustEnd(FakeHttp http, Runnable question, Off off) throws InterruptedException {
        http.answerAs(FakeHttp.Server.HOLDS);
        var asking = Thread.ofVirtual().name("called-off").unstarted(() -> {
            try {
                question.run();
            } catch (RuntimeException | Error _) {
                // However it ends, it ends.
            }
        });
        asking.start();
        var until = System.nanoTime() + BEGUN.toNanos();
        while (asking.isAlive() && System.nanoTime() < until && !http.awaitHeld(Duration.ofMillis(50))) {}
        off.call(asking);
        Broken.unless(
                asking.join(SOON), "it still waits %s s after it was called off", "取消 %s 秒后仍在等待", SOON.toSeconds());
    }

    /** A way to call a question off. */
    interface Off {
        void call(Thread asking);
    }
}
