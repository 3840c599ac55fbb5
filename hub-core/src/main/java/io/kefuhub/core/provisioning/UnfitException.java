package io.kefuhub.core.provisioning;

/** A declaration that is well written but cannot be carried out. */
public final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ConfProblem problem;

    public UnfitException(Where where, String message) {
        super(message);
        this.problem = new ConfProblem(where, message);
    }

    public ConfProblem problem() {
        return problem;
    }
}
