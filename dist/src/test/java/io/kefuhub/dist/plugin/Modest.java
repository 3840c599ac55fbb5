package io.kefuhub.dist.plugin;

/** The version before {@link Greedy}. */
public final class Modest extends FilterPlugin {
    public Modest() {
        super("greedy");
    }
}
