package io.kefuhub.core.answering.ai.context;

import io.kefuhub.api.respond.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * A turn that was: all a customer said until there was an answer, and that answer. Immutable.
 *
 * @param answered by the bot or an agent; empty where nobody answered
 */
public record Exchange(String asked, String answered) {
    /**
     * Puts lines together. What stands before the first of the customer belongs to a turn that cannot be seen whole, and
     * is left out.
     *
     * @param lines oldest first
     */
    public static List<Exchange> of(List<Turn.Line> lines) {
        var exchanges = new ArrayList<Exchange>();
        var asked = new ArrayList<String>();
        var answered = new ArrayList<String>();
        for (var line : lines) {
            if (line.byCustomer() && !answered.isEmpty()) {
                exchanges.add(joined(asked, answered));
                asked.clear();
                answered.clear();
            }
            if (line.byCustomer()) asked.add(line.text());
            else if (!asked.isEmpty()) answered.add(line.text());
        }
        if (!asked.isEmpty()) exchanges.add(joined(asked, answered));
        return List.copyOf(exchanges);
    }

    private static Exchange joined(List<String> asked, List<String> answered) {
        return new Exchange(String.join("\n", asked), String.join("\n", answered));
    }

    Exchange withAnswer(String shorter) {
        return new Exchange(asked, shorter);
    }
}
