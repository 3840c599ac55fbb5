package io.kefuhub.bench.start;

import java.util.concurrent.CountDownLatch;

/** A program that does nothing, for the flags of the hub: what the Java machine itself takes. */
final class Nothing {
    static final String HERE = "here";

    private Nothing() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println(HERE);
        new CountDownLatch(1).await();
    }
}
