package io.kefuhub.core.answering.feedback;

import java.util.UUID;

/** What one agent thinks of one answer. Immutable. */
record Opinion(UUID message, UUID person, boolean helpful) {}
