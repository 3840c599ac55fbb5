package io.kefuhub.core.answering.feedback;

import io.kefuhub.core.answering.knowledge.EntryContent;
import java.util.UUID;

/**
 * What should have been said. Immutable.
 *
 * @param actor as in the audit log
 * @param message the answer that is corrected
 */
public record Correction(String actor, UUID desk, UUID conversation, UUID message, EntryContent content) {}
