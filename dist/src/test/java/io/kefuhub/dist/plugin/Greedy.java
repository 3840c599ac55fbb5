package io.kefuhub.dist.plugin;

import java.util.ArrayList;

/** Takes memory in its constructor until there is none. */
public final class Greedy extends FilterPlugin {
    public Greedy() {
        super("greedy");
        var taken = new ArrayList<byte[]>();
        while (taken.size() < 1_000_000) taken.add(new byte[1 << 20]);
    }
}
