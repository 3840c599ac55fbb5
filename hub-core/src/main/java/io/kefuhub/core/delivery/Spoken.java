package io.kefuhub.core.delivery;

import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Page;
import io.kefuhub.core.conversation.Translated;
import java.util.List;
import java.util.Optional;

/**
 * What of the hub's words goes to the customer. Immutable.
 *
 * @param parts empty where the platform would take nothing
 * @param trace how it came about, as a JSON object
 * @param cost replies of a window that it takes; 0 where they are not counted
 */
record Spoken(List<Part> parts, Optional<Translated> translation, String trace, int cost) {
    /** All of it. */
    static Spoken of(BotReply reply) {
        return new Spoken(reply.parts(), reply.translation(), reply.trace(), 0);
    }

    /** As much as the customer's platform takes now, with the last reply of the window kept for a person. */
    static Spoken within(SendWindow window, Page page, BotReply reply) {
        if (!window.isLimited()) return of(reply);
        var allowed = window.at(page.heard(), page.now()).forHub();
        if (allowed <= 0) {
            return new Spoken(List.of(), Optional.empty(), Failure.remark(reply.trace(), "unsent"), 0);
        }
        var translated = reply.translation().filter(Translated::sent);
        var shown = translated.map(Translated::parts).orElse(reply.parts());
        var fit = window.fit(shown, allowed);
        var trace = said(fit).equals(said(shown)) ? reply.trace() : Failure.remark(reply.trace(), "shortened");
        return new Spoken(
                translated.isPresent() ? reply.parts() : fit,
                translated.map(made -> made.withParts(fit)).or(reply::translation),
                trace,
                window.cost(fit));
    }

    /** Texts that were only put together say the same. */
    private static String said(List<Part> parts) {
        var said = new StringBuilder();
        for (var part : parts) said.append(part instanceof Part.Text(var text) ? text.replaceAll("\\s", "") : part);
        return said.toString();
    }
}
