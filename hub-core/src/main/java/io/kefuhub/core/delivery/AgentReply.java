package io.kefuhub.core.delivery;

import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.ConversationId;
import java.util.List;

/**
 * What an agent says.
 *
 * @param cid the agent's own key against doubles, unique for this agent
 */
public record AgentReply(ConversationId conversation, Assignee agent, String cid, List<Part> parts) {
    public AgentReply {
        parts = List.copyOf(parts);
    }
}
