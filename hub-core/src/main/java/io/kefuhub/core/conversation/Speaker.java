package io.kefuhub.core.conversation;

import java.util.Optional;
import java.util.UUID;

/**
 * Who said something.
 *
 * @param person the agent; empty for the others, and for a colleague who writes elsewhere
 * @param name what customers call the agent; empty for the others
 */
public record Speaker(Kind kind, Optional<UUID> person, String name) {
    public static final Speaker CUSTOMER = new Speaker(Kind.CUSTOMER, Optional.empty(), "");
    public static final Speaker BOT = new Speaker(Kind.BOT, Optional.empty(), "");
    public static final Speaker HUB = new Speaker(Kind.HUB, Optional.empty(), "");

    public enum Kind {
        CUSTOMER,
        BOT,
        AGENT,
        HUB
    }

    /** A colleague who answers in the platform's own client. */
    public static Speaker elsewhere(String name) {
        return new Speaker(Kind.AGENT, Optional.empty(), name);
    }

    public boolean isElsewhere() {
        return kind == Kind.AGENT && person.isEmpty();
    }

    public static Speaker agent(Assignee agent) {
        return new Speaker(Kind.AGENT, Optional.of(agent.id()), agent.name());
    }
}
