package io.kefuhub.core.answering.passages;

/** How far the vectors of all that is known are made. */
public record Progress(State state, String model, int done, int total) {
    static final Progress OFF = new Progress(State.OFF, "", 0, 0);

    public enum State {
        /** No model for it is set up. */
        OFF,
        WORKING,
        READY,
        /** Made, but for texts that must stay with the organisation, where no local deployment makes such vectors. */
        HELD,
        /** The model does not answer. */
        AWAY
    }

    Progress away() {
        return new Progress(State.AWAY, model, done, total);
    }
}
