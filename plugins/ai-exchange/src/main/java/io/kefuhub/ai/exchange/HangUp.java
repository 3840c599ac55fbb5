package io.kefuhub.ai.exchange;

import io.kefuhub.api.Http;
import io.kefuhub.api.Tasks;
import java.time.Duration;
import java.util.Optional;

/**
 * Ends a call that has nothing more to say. A server that ends its answer in time keeps the connection for the next
 * question. One thread only.
 */
final class HangUp implements Reading.Ending {
    private static final Duration LINGER = Duration.ofMillis(250);

    private final Http.Call call;
    private final Tasks tasks;
    private Optional<Tasks.Running> timer = Optional.empty();

    HangUp(Http.Call call, Tasks tasks) {
        this.call = call;
        this.tasks = tasks;
    }

    @Override
    public void soon() {
        if (timer.isEmpty()) timer = Optional.of(tasks.after(LINGER, call::cancel));
    }

    @Override
    public void now() {
        call.cancel();
    }

    /** The call has ended. */
    void forget() {
        timer.ifPresent(Tasks.Running::cancel);
    }
}
