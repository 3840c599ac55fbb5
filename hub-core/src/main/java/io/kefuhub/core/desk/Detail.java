package io.kefuhub.core.desk;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kefuhub.core.conversation.Conversation;
import java.time.Instant;
import java.util.Map;

/** A conversation as its page shows it. Immutable. */
record Detail(
        @JsonUnwrapped Summary summary,
        int epoch,
        Map<String, String> attributes,
        long customerReadSeq,
        long agentReadSeq,
        Instant firstAt) {
    static Detail of(Conversation conversation, Summary summary) {
        return new Detail(
                summary,
                conversation.epoch(),
                summary.contact().attributes(),
                conversation.marks().customerRead(),
                conversation.marks().agentRead(),
                conversation.openedAt());
    }
}
