package io.kefuhub.core.plugin.cases;

import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Response;
import io.kefuhub.core.web.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a filter or responder said, in the words of golden cases. Immutable. */
record Answer(String action, Optional<String> text, Optional<String> reason, Optional<List<String>> tags) {
    static Answer of(Verdict verdict) {
        var tags = Optional.of(sorted(verdict.tags()));
        return switch (verdict) {
            case Verdict.Pass _ -> new Answer("pass", Optional.empty(), Optional.empty(), tags);
            case Verdict.Rewrite(var parts, var _, var _) ->
                new Answer("rewrite", Optional.of(new Message(parts).text()), Optional.empty(), tags);
            case Verdict.Hold(var reason, var _, var _) ->
                new Answer("hold", Optional.empty(), Optional.of(reason), tags);
            case Verdict.Block(var reason, var _, var _) ->
                new Answer("block", Optional.empty(), Optional.of(reason), tags);
        };
    }

    static Answer of(Response response) {
        return switch (response) {
            case Response.Answer(var parts, var _) -> said("answer", Optional.of(new Message(parts).text()), "");
            case Response.Menu(var menu, var _) -> said("menu", Optional.of(text(menu)), "");
            case Response.HandOver(var reason, var words) -> said("hand-over", words, reason);
            case Response.Pass(var reason) -> said("pass", Optional.empty(), reason);
        };
    }

    /** What people read: the menu's words and each choice on a line. */
    private static String text(Part.Menu menu) {
        return menu.text()
                + menu.options().stream().map(option -> "\n" + option.text()).collect(Collectors.joining());
    }

    private static Answer said(String action, Optional<String> text, String reason) {
        return new Answer(action, text, Optional.of(reason).filter(words -> !words.isEmpty()), Optional.empty());
    }

    static List<String> sorted(Set<String> tags) {
        return List.copyOf(new TreeSet<>(tags));
    }

    /** As a case would write it. */
    String words() {
        return Json.text(this);
    }

    /**
     * What a case expects; only what is there is compared. Immutable.
     *
     * @param contains pieces that the text must hold
     * @param tags sorted
     */
    record Expected(
            String action,
            Optional<String> text,
            Optional<List<String>> contains,
            Optional<String> reason,
            Optional<List<String>> tags) {
        boolean isMetBy(Answer answer) {
            return action.equals(answer.action)
                    && (text.isEmpty() || text.equals(answer.text))
                    && contains.orElse(List.of()).stream()
                            .allMatch(piece -> answer.text.orElse("").contains(piece))
                    && (reason.isEmpty() || reason.equals(answer.reason))
                    && (tags.isEmpty() || tags.equals(answer.tags));
        }

        /** As the case writes it. */
        String words() {
            return Json.text(this);
        }
    }
}
