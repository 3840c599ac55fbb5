package io.kefuhub.core.conversation;

import java.util.function.Function;

/**
 * One change to one conversation, written by the {@link Journal}.
 *
 * <p>Runs on the writer's thread inside the transaction, perhaps more than once: it touches nothing but the page, calls
 * nobody and takes microseconds.
 */
public interface Step<R> {
    /** Writes the change and says what came of it. */
    R write(Page page);

    /** Says what came of it when its key had been written before; the page must not be changed. */
    R repeated(Page page, Messages.Earlier earlier);

    /** A step that may be written twice with the effect of once. */
    static <R> Step<R> of(Function<Page, R> change) {
        return new Step<>() {
            @Override
            public R write(Page page) {
                return change.apply(page);
            }

            @Override
            public R repeated(Page page, Messages.Earlier earlier) {
                throw new IllegalStateException("a step without a key cannot be repeated");
            }
        };
    }
}
