package io.kefuhub.core.conversation;

import io.kefuhub.api.message.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What somebody did to a message that they had written. Immutable. */
public sealed interface Revision {
    /** When, by the platform's clock. */
    Instant at();

    /** It is not said any more. */
    record TakenBack(Instant at) implements Revision {}

    /**
     * It reads differently.
     *
     * @param written as it came
     * @param judged what filters said of it; empty as long as none was asked
     */
    record Edited(List<Part> written, Optional<Judged> judged, Instant at) implements Revision {
        public Edited {
            written = List.copyOf(written);
        }
    }

    /**
     * What filters said.
     *
     * @param shown how it may be read; empty where a filter keeps it back
     * @param stoppedBy that filter; else empty
     * @param before how the message may be read that had not been judged when it was changed; empty where it may not
     */
    record Judged(List<Part> shown, String stoppedBy, List<Part> before) {
        public Judged {
            shown = List.copyOf(shown);
            before = List.copyOf(before);
        }

        boolean isStopped() {
            return shown.isEmpty();
        }
    }

    /** What became of it. */
    enum Outcome {
        DONE,
        /** It had been done before, something later has been, or the message is nobody's who could. */
        NOTHING_NEW,
        /** The message is not there yet: it counts when it comes. */
        AWAITED,
        /** The message is there, and nobody has judged the change. */
        UNJUDGED
    }
}
