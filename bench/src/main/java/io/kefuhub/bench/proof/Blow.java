package io.kefuhub.bench.proof;

import java.util.Random;

/** What is killed, always with signal 9. */
enum Blow {
    HUB("the hub"),
    TWICE("the hub, and again while it starts"),
    EVERYTHING("the hub and all of PostgreSQL"),
    POSTMASTER("PostgreSQL's first process"),
    DATABASE("all of PostgreSQL");

    private static final int OF_TEN_ARE_THE_HUB = 5;

    final String words;

    Blow(String words) {
        this.words = words;
    }

    /** Half of them are the hub alone. */
    static Blow any(Random random) {
        return random.nextInt(10) < OF_TEN_ARE_THE_HUB ? HUB : values()[random.nextInt(1, values().length)];
    }
}
