package io.kefuhub.core.conversation;

import java.util.UUID;

/**
 * An agent, as conversations know one.
 *
 * @param name what customers call this person
 */
public record Assignee(UUID id, String name) {}
