package io.kefuhub.core.plugin.life;

import io.kefuhub.core.web.Words;
import java.util.List;

/** What became of the wish to know on which way unloaded versions of a plugin are reached. */
public sealed interface Traced {
    /** @param leaks each version, the first to leave first, with what holds it as far as that can be told */
    record Told(List<StayedVersion> leaks) implements Traced {
        public Told {
            leaks = List.copyOf(leaks);
        }
    }

    /** Nothing of that plugin is known to have stayed. */
    record NoLeak() implements Traced {}

    /** It was not looked for. */
    record Refused(Words why) implements Traced {}
}
