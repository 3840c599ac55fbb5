package io.kefuhub.api.kit;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.Turn;
import java.util.List;

/** Turns to test responders with. */
public final class Turns {
    private static final int MOST_LINES = 40;

    private Turns() {}

    /** Puts a question into a turn. */
    public static Turn of(Language language, Message question, List<Turn.Line> history) {
        return new Turn(
                "c_1",
                "shop",
                "wk_demo",
                language,
                question,
                most -> last(history, most),
                Contact.anonymous("visitor"));
    }

    public static Turn of(String question) {
        return of(Language.EN, Message.of(question), List.of());
    }

    private static List<Turn.Line> last(List<Turn.Line> history, int most) {
        return history.subList(Math.max(0, history.size() - Math.min(most, MOST_LINES)), history.size());
    }
}
