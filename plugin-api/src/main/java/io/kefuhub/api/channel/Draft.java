package io.kefuhub.api.channel;

/**
 * An answer that is still being made.
 *
 * @param answerId the same for all drafts of one answer and for the delivery that ends it
 * @param sequence counts up by one, from 1
 * @param text the whole text so far; empty when the answer will not come after all, so that what was shown is to be taken
 *     back where the platform can
 */
public record Draft(String answerId, String thread, String replyTo, int sequence, String text) {}
