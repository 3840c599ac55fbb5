package io.kefuhub.dist.plugin;

/** Computes for ever when it is asked to spin. */
public abstract class Spinning extends FilterPlugin {
    private volatile long turns;

    private Spinning(String id) {
        super(id);
    }

    @Override
    void look(String text) {
        while (text.contains("spin")) turns = turns * 31 + 7;
    }

    public static final class First extends Spinning {
        public First() {
            super("spin-1");
        }
    }

    public static final class Second extends Spinning {
        public Second() {
            super("spin-2");
        }
    }

    public static final class Third extends Spinning {
        public Third() {
            super("spin-3");
        }
    }

    public static final class Fourth extends Spinning {
        public Fourth() {
            super("spin-4");
        }
    }
}
