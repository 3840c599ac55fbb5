package io.kefuhub.api.channel;

/**
 * An answer that is still being made.
 *
 * @param answerId the same for all drafts of one answer and for the delivery that ends it
 * @param sequence counts up by one
 * @param text the whole text so far
 */
public record Draft(String answerId, String thread, String replyTo, int sequence, String text) {}
