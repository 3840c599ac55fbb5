package io.kefuhub.core.plugin.wasm;

import io.kefuhub.core.plugin.RefusedException;
import java.util.List;
import java.util.Optional;

/**
 * How a module is a channel. Immutable.
 *
 * @param textLimit characters of one text
 * @param messages of one answer that is sent while it is made; 1 where answers are sent whole
 * @param recognisesRepeats whether the platform shows a reply once that it gets twice
 */
record ChannelPlan(WebhookRule webhook, int textLimit, int messages, boolean recognisesRepeats) {
    private static final List<String> FIELDS = List.of("webhook", "textLimit", "messages", "recognisesRepeats");
    private static final int USUAL_LIMIT = 2_000;
    private static final int MOST = 100_000;
    private static final int MOST_MESSAGES = 10;

    /** @param node empty where the manifest says nothing of it */
    static ChannelPlan read(Optional<ManifestNode> node) throws RefusedException {
        if (node.isEmpty()) return read(Optional.of(ManifestNode.EMPTY));
        var plan = node.get();
        plan.mayHave(FIELDS);
        return new ChannelPlan(
                WebhookRule.read(plan.object("webhook").orElse(ManifestNode.EMPTY)),
                plan.number("textLimit", 1, MOST).orElse(USUAL_LIMIT),
                plan.number("messages", 1, MOST_MESSAGES).orElse(1),
                plan.flag("recognisesRepeats", false));
    }
}
