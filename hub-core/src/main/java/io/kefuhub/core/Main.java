package io.kefuhub.core;

/** The hub's command line. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {}
}
