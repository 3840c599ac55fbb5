package io.kefuhub.core.models.screening;

import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.GatheringSink;

/**
 * Puts back into an answer what filters had put out of sight, however the pieces fall. What may be the beginning of a
 * placeholder waits for what follows. One thread only.
 */
final class Restoring implements GatheringSink {
    private final GatheringSink to;
    private final Placeholders placeholders;
    private String held = "";
    private String beginning = "";

    Restoring(AiSink to, Placeholders placeholders) {
        this.to = GatheringSink.of(to);
        this.placeholders = placeholders;
    }

    @Override
    public void gather(String piece) {
        if (beginning.isEmpty()) beginning = piece.stripLeading();
        var text = held + piece;
        var open = placeholders.open(text);
        held = text.substring(open);
        tell(text.substring(0, open));
    }

    @Override
    public void show() {
        to.show();
    }

    /** Tells what was held back. */
    void end() {
        var last = held;
        held = "";
        tell(last);
    }

    private void tell(String text) {
        if (!text.isEmpty()) to.gather(placeholders.restored(text, isJson(beginning)));
    }

    /** The whole text with everything back in its place. */
    static String restored(String text, Placeholders placeholders) {
        return placeholders.restored(text, isJson(text.stripLeading()));
    }

    /** What of an answer that broke off was told. */
    static String told(String text, Placeholders placeholders) {
        return restored(text.substring(0, placeholders.open(text)), placeholders);
    }

    private static boolean isJson(String beginning) {
        return beginning.startsWith("{") || beginning.startsWith("[{") || beginning.startsWith("```");
    }

    @Override
    public void reasoning(String piece) {
        to.reasoning(piece);
    }

    @Override
    public void usage(Usage usage) {
        to.usage(usage);
    }
}
