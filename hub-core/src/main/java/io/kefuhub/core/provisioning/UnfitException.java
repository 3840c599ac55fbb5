package io.kefuhub.core.provisioning;

import io.kefuhub.core.web.Words;

/** A declaration that is well written but cannot be carried out. */
public final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ConfProblem problem;

    public UnfitException(Where where, Words words) {
        super(words.en());
        this.problem = new ConfProblem(where, words);
    }

    static UnfitException noDesk(Where where, String key) {
        return new UnfitException(where, new Words("there is no desk \"%s\"", "没有部门“%s”").with(key));
    }

    public ConfProblem problem() {
        return problem;
    }
}
