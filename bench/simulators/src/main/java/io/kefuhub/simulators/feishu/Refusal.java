package io.kefuhub.simulators.feishu;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call the platform answers with a code other than 0; nothing has changed by it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    final Code code;
    /** The limit and how long until it opens again, told in headers. */
    final transient @Nullable Limit limit;

    record Limit(int calls, Duration reset) {}

    Refusal(Code code, String words) {
        super(words, null, false, false);
        this.code = code;
        this.limit = null;
    }

    Refusal(Code code, Limit limit) {
        super(code.words, null, false, false);
        this.code = code;
        this.limit = limit;
    }
}
