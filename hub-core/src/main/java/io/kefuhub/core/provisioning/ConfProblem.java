package io.kefuhub.core.provisioning;

import io.kefuhub.core.web.Words;

/** What is wrong in a file and what to do about it; never repeats a value that came from outside. */
public record ConfProblem(Where where, Words words) {
    @Override
    public String toString() {
        return where + ": " + words.en();
    }
}
