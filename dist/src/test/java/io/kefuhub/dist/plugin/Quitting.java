package io.kefuhub.dist.plugin;

/** Ends the process in its constructor, by a way that is not seen when its jar is judged. */
public final class Quitting extends FilterPlugin {
    public Quitting() {
        super("greedy");
        try {
            Class.forName("java.lang.System").getMethod("exit", int.class).invoke(null, 0);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
