package io.kefuhub.core.answering;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.knowledge.Found;
import io.kefuhub.core.answering.knowledge.Knowledge;
import io.kefuhub.core.answering.knowledge.KnowledgeEntry;
import io.kefuhub.core.answering.knowledge.Languages;
import io.kefuhub.core.plugin.Quick;
import io.kefuhub.core.plugin.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Answers from knowledge, without a model: an entry that is surely meant is the answer, entries that may be meant become
 * a menu, and who asks for a person is handed over. Passes everything else on. Safe for threads.
 */
public final class FaqResponder implements Responder, Quick {
    /** What the choice of a person in a menu is called. */
    public static final String PERSON = "person";

    private static final String ENTRY = "entry:";
    private static final String KIND = "knowledge";

    private final Knowledge knowledge;
    private final Function<String, Optional<UUID>> desks;
    private final OfferedMenus offered = new OfferedMenus();

    /** @param desks finds a desk's id by its key */
    public FaqResponder(Knowledge knowledge, Function<String, Optional<UUID>> desks) {
        this.knowledge = knowledge;
        this.desks = desks;
    }

    @Override
    public Response respond(Turn turn, AnswerSink sink) {
        var said = offered.meant(turn.conversationId(), turn.question().text());
        if (said.isBlank()) return new Response.Pass(Reason.Code.NO_WORDS.key());
        if (AskForPerson.in(said)) return new Response.HandOver(Reason.Code.ASKED_FOR_PERSON.key(), Optional.empty());
        var desk = desks.apply(turn.desk());
        if (desk.isEmpty()) return new Response.Pass(Reason.Code.NO_DESK.key());
        var language = Languages.of(said).orElse(turn.language());
        var asked = EntryLanguage.of(language);
        return switch (knowledge.answer(desk.get(), asked, said).found()) {
            case Found.Direct(var entry, var wording, var score, var reason) -> answer(entry, wording, score, reason);
            case Found.Near(var candidates) -> {
                knowledge.missed(desk.get(), asked, said, conversation(turn));
                yield menu(turn, candidates, language);
            }
            case Found.Nothing() -> {
                knowledge.missed(desk.get(), asked, said, conversation(turn));
                yield new Response.Pass(Reason.Code.NOTHING_NEAR.key());
            }
        };
    }

    private static Response answer(KnowledgeEntry entry, String wording, double score, Found.Reason reason) {
        var why = switch (reason) {
            case EXACT -> Reason.Code.EXACT;
            case ALIKE -> Reason.Code.ALIKE;
            case MEANING -> Reason.Code.MEANING;
        };
        return new Response.Answer(
                List.of(new Part.Text(entry.content().answer())), source(entry, score, why.with(wording)));
    }

    private Response menu(Turn turn, List<Found.Candidate> candidates, Language language) {
        var words = MenuWords.in(language);
        var options = new ArrayList<Part.Menu.Option>();
        for (var candidate : candidates) {
            var entry = candidate.entry();
            options.add(new Part.Menu.Option(
                    ENTRY + entry.id().value(), entry.content().question()));
        }
        options.add(new Part.Menu.Option(PERSON, words.person()));
        offered.put(turn.conversationId(), options);
        var best = candidates.getFirst();
        return new Response.Menu(
                new Part.Menu(candidates.size() == 1 ? words.one() : words.several(), options),
                source(best.entry(), best.score(), Reason.Code.NEAR.with(best.wording())));
    }

    private static Response.Source source(KnowledgeEntry entry, double score, String reason) {
        return new Response.Source(
                KIND, entry.id().value().toString(), entry.content().question(), score, reason);
    }

    private static Optional<UUID> conversation(Turn turn) {
        try {
            return Optional.of(UUID.fromString(turn.conversationId()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
