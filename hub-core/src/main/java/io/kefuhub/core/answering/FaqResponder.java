package io.kefuhub.core.answering;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.answering.knowledge.Found;
import io.kefuhub.core.answering.knowledge.Knowledge;
import io.kefuhub.core.answering.knowledge.KnowledgeEntry;
import io.kefuhub.core.answering.knowledge.Languages;
import io.kefuhub.core.answering.knowledge.Tried;
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
    private final boolean menus;
    private final Sentences sentences;
    private final OfferedMenus offered = new OfferedMenus();

    /** @param desks finds a desk's id by its key */
    public FaqResponder(Knowledge knowledge, Function<String, Optional<UUID>> desks) {
        this(knowledge, desks, true, Sentences.USUAL);
    }

    /** @param menus whether near questions are offered; else they are left to the next responder, which counts misses */
    public FaqResponder(
            Knowledge knowledge, Function<String, Optional<UUID>> desks, boolean menus, Sentences sentences) {
        this.sentences = sentences;
        this.knowledge = knowledge;
        this.desks = desks;
        this.menus = menus;
    }

    /** What is surely meant: a chosen or recognised entry, or a person; empty for everything else. */
    public Optional<Response> sure(Turn turn) {
        var said = meant(turn);
        if (sentences.asksForPerson(said)) {
            return Optional.of(new Response.HandOver(Reason.Code.ASKED_FOR_PERSON.key(), Optional.empty()));
        }
        return tried(turn, said).map(Tried::found).flatMap(found -> switch (found) {
            case Found.Direct(var entry, var wording, var score, var reason) ->
                Optional.of(answer(entry, wording, score, reason));
            case Found.Near _, Found.Nothing _ -> Optional.empty();
        });
    }

    /** Offers the entries that may be meant; empty when there are none. */
    public Optional<Response> near(Turn turn) {
        var said = meant(turn);
        return tried(turn, said).map(Tried::found).flatMap(found -> switch (found) {
            case Found.Near(var candidates) ->
                Optional.of(menu(turn, candidates, Languages.of(said).orElse(turn.language())));
            case Found.Direct _, Found.Nothing _ -> Optional.empty();
        });
    }

    /** What was said, or what a number chose from the last menu. */
    public String meant(Turn turn) {
        return offered.meant(turn.conversationId(), turn.question().text());
    }

    /** Understands a number as one of these from now on. */
    public void offer(String conversation, List<Part.Menu.Option> options) {
        offered.put(conversation, options);
    }

    private Optional<Tried> tried(Turn turn, String said) {
        if (said.isBlank()) return Optional.empty();
        var asker = Asker.of(turn, Languages.of(said).orElse(turn.language()));
        return desks.apply(turn.desk()).map(desk -> knowledge.ask(desk, asker, said));
    }

    @Override
    public Response respond(Turn turn, AnswerSink sink) {
        var said = offered.meant(turn.conversationId(), turn.question().text());
        if (said.isBlank()) return new Response.Pass(Reason.Code.NO_WORDS.key());
        if (sentences.asksForPerson(said))
            return new Response.HandOver(Reason.Code.ASKED_FOR_PERSON.key(), Optional.empty());
        var desk = desks.apply(turn.desk());
        if (desk.isEmpty()) return new Response.Pass(Reason.Code.NO_DESK.key());
        var language = Languages.of(said).orElse(turn.language());
        var asker = Asker.of(turn, language);
        var asked = asker.language();
        return switch (knowledge.answer(desk.get(), asker, said).found()) {
            case Found.Direct(var entry, var wording, var score, var reason) -> answer(entry, wording, score, reason);
            case Found.Near(var candidates)
            when !menus ->
                new Response.Pass(Reason.Code.NEAR.with(candidates.getFirst().wording()));
            case Found.Near(var candidates) -> {
                knowledge.missed(desk.get(), asked, said, conversation(turn));
                yield menu(turn, candidates, language);
            }
            case Found.Nothing() -> {
                if (menus) knowledge.missed(desk.get(), asked, said, conversation(turn));
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
        var options = new ArrayList<Part.Menu.Option>();
        for (var candidate : candidates) {
            var entry = candidate.entry();
            options.add(new Part.Menu.Option(
                    ENTRY + entry.id().value(), entry.content().question()));
        }
        options.add(new Part.Menu.Option(PERSON, sentences.say(HubWords.MENU_PERSON, turn.desk(), language)));
        offered.put(turn.conversationId(), options);
        var best = candidates.getFirst();
        return new Response.Menu(
                new Part.Menu(
                        sentences.say(
                                candidates.size() == 1 ? HubWords.MENU_ONE : HubWords.MENU_SEVERAL,
                                turn.desk(),
                                language),
                        options),
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
