package io.kefuhub.core.plugin;

import java.util.Optional;

/** What a factory of filters says itself of how its instances are to be asked, unless an admin says otherwise. */
public interface UsualTerms {
    /** What becomes of a message that it fails at. */
    Terms.WhenFailed whenFailed();

    /** Where it stands among those that say so too: smaller is earlier. */
    Optional<Integer> order();
}
