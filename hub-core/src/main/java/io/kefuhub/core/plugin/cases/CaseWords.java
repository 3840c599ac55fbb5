package io.kefuhub.core.plugin.cases;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.cases.Answer.Expected;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words that cases are written in. */
final class CaseWords {
    private static final List<String> VERDICTS = List.of("pass", "rewrite", "hold", "block");
    private static final List<String> RESPONSES = List.of("answer", "menu", "hand-over", "pass");
    private static final List<String> STAGES =
            Arrays.stream(Stage.values()).map(Stage::name).toList();
    private static final String CUSTOMER = "customer";
    private static final String HUB = "hub";
    private static final String SOMEBODY = "golden-case";

    private CaseWords() {}

    static GoldenCase ofFilter(CaseNode node) throws RefusedException {
        node.mayHave("name", "given", "expect");
        var given = node.object("given");
        given.mayHave("stage", "text", "facts");
        var expect = node.object("expect");
        expect.mayHave("action", "text", "contains", "reason", "tags");
        return new GoldenCase.OfFilter(
                node.text("name"),
                Stage.valueOf(oneOf(given, "stage", STAGES)),
                message(given),
                facts(given),
                expected(expect, VERDICTS));
    }

    static GoldenCase ofResponder(CaseNode node) throws RefusedException {
        node.mayHave("name", "given", "expect");
        var given = node.object("given");
        given.mayHave("text", "history", "facts");
        var expect = node.object("expect");
        expect.mayHave("action", "text", "contains", "reason");
        var facts = facts(given);
        var history = history(given);
        var turn = new Turn(
                SOMEBODY,
                facts.desk(),
                facts.channel(),
                facts.language(),
                message(given),
                most -> history.subList(Math.max(0, history.size() - Math.max(0, most)), history.size()),
                new Contact(SOMEBODY, false, "", facts.attributes()));
        return new GoldenCase.OfResponder(node.text("name"), turn, expected(expect, RESPONSES));
    }

    private static Message message(CaseNode given) throws RefusedException {
        var parts = given.text("text")
                .lines()
                .filter(line -> !line.isBlank())
                .<Part>map(Part.Text::new)
                .toList();
        if (parts.isEmpty()) throw given.unusable("text", "", "Where is my parcel?");
        return new Message(parts);
    }

    private static Facts facts(CaseNode given) throws RefusedException {
        var found = given.findObject("facts");
        if (found.isEmpty()) return new Facts("desk", "channel", Language.EN, Map.of(), ScratchContext.NOW, List.of());
        var facts = found.get();
        facts.mayHave("desk", "channel", "language", "attributes", "firstSeen", "recent");
        return new Facts(
                facts.find("desk").orElse("desk"),
                facts.find("channel").orElse("channel"),
                language(facts),
                facts.values("attributes"),
                firstSeen(facts),
                facts.texts("recent"));
    }

    private static Language language(CaseNode facts) throws RefusedException {
        var tag = facts.find("language").orElse("en");
        try {
            return new Language(tag);
        } catch (IllegalArgumentException _) {
            throw facts.unusable("language", tag, "en, zh-CN");
        }
    }

    private static Instant firstSeen(CaseNode facts) throws RefusedException {
        var time = facts.find("firstSeen");
        try {
            return time.map(Instant::parse).orElse(ScratchContext.NOW);
        } catch (DateTimeParseException _) {
            throw facts.unusable("firstSeen", time.orElse(""), ScratchContext.NOW.toString());
        }
    }

    private static List<Turn.Line> history(CaseNode given) throws RefusedException {
        var lines = new ArrayList<Turn.Line>();
        for (var line : given.objects("history")) {
            line.mayHave("by", "text");
            lines.add(new Turn.Line(oneOf(line, "by", List.of(CUSTOMER, HUB)).equals(CUSTOMER), line.text("text")));
        }
        return lines;
    }

    private static Expected expected(CaseNode expect, List<String> actions) throws RefusedException {
        return new Expected(
                oneOf(expect, "action", actions),
                expect.find("text"),
                expect.has("contains") ? Optional.of(expect.texts("contains")) : Optional.empty(),
                expect.find("reason"),
                expect.has("tags")
                        ? Optional.of(Answer.sorted(new HashSet<>(expect.texts("tags"))))
                        : Optional.empty());
    }

    private static String oneOf(CaseNode node, String field, List<String> words) throws RefusedException {
        var word = node.text(field);
        if (!words.contains(word)) throw node.unusable(field, word, String.join(", ", words));
        return word;
    }
}
