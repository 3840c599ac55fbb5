package io.kefuhub.core.provisioning;

/** What is wrong in a file and what to do about it; never repeats a value that came from outside. */
public record ConfProblem(Where where, String message) {
    @Override
    public String toString() {
        return where + ": " + message;
    }
}
