package io.kefuhub.core.desk;

import io.kefuhub.core.conversation.NoSuchConversationException;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.web.Problem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what is being written. */
public final class Waiting {
    private static final Duration MOST = Duration.ofSeconds(30);

    private Waiting() {}

    /** @throws DatabaseAwayException when it is not known whether it was written; the caller may ask again */
    public static <R> R on(CompletableFuture<R> written) {
        try {
            return written.get(MOST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case NoSuchConversationException _ -> throw Problem.notFound();
                case RuntimeException defect -> throw defect;
                case Error defect -> throw defect;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (TimeoutException e) {
            throw new DatabaseAwayException("The database takes too long.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseAwayException("The hub is stopping.", e);
        }
    }
}
