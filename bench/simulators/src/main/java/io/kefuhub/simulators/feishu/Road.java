package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** How what happens reaches the hub: posted to its address, or down a line that it opened. */
sealed interface Road permits Webhook, LongConnection {
    /** Again and again, until the hub takes it or the ladder ends. What is handed in for one lane arrives in that order. */
    void carry(String lane, ObjectNode event);

    /** Once; what the hub answers within three seconds, or nothing. */
    Optional<JsonNode> ask(ObjectNode callback);

    void close();
}
