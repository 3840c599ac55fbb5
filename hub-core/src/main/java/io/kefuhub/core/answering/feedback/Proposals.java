package io.kefuhub.core.answering.feedback;

/** Where corrections go until a person has looked at them. Nothing is answered from them before. */
@FunctionalInterface
public interface Proposals {
    Proposed propose(Correction correction);

    /** What became of a correction. */
    sealed interface Proposed {
        /** It waits for review. */
        record Waiting() implements Proposed {}

        /**
         * An entry asks the same, so it is that which should be changed.
         *
         * @param entry its id
         */
        record AskedAlready(String entry, String question) implements Proposed {}
    }
}
