package io.kefuhub.core.answering.ai;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.answering.FaqResponder;
import io.kefuhub.core.answering.Incomplete;
import io.kefuhub.core.answering.ai.context.SummaryOrder;
import io.kefuhub.core.answering.ai.reply.Injection;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.plugin.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers by a model from what the hub knows; where no model may or can, goes down the ladder: the best passage, near
 * questions, a person. Safe for threads.
 */
final class AiResponder implements Responder {
    private static final int LONGEST_QUOTE = 600;
    private static final String KIND = "model";
    private static final String RUNG = "rung";
    private static final String AGAIN = "again";

    /** A longer question is no label of a button. */
    private static final int LONGEST_CHOICE = 60;

    private final AiSettings settings;
    private final AiFactory.Mind mind;
    private final FaqResponder entries;
    private final Preparing preparing;
    private final Sharing sharing;

    AiResponder(String name, AiSettings settings, AiFactory.Mind mind, FaqResponder entries) {
        this.settings = settings;
        this.mind = mind;
        this.entries = entries;
        var system = SystemWords.with(settings.instructions());
        preparing = new Preparing(name, system, settings, mind);
        sharing = new Sharing(
                name + "\n" + system,
                settings,
                mind,
                new Thinking(settings, mind.models(), mind.tokens(), mind.factors()));
    }

    @Override
    public Response respond(Turn turn, AnswerSink sink) {
        var said = entries.meant(turn).strip();
        if (said.isEmpty() && Preparing.pictures(turn.question(), 1).isEmpty()) {
            return new Response.Pass(Reason.Code.NO_WORDS.key());
        }
        var sure = entries.sure(turn);
        if (sure.isPresent()) return sure.get();
        if (mind.desks().apply(turn.desk()).isEmpty()) return new Response.Pass(Reason.Code.NO_DESK.key());
        var notes = CallNotes.current();
        if (Injection.in(said)) notes.remark("injection", "true");
        var prepared = preparing.of(turn, said, notes);
        var shared = sharing.think(prepared, sink, turn);
        shared.again().ifPresent(how -> notes.remark("cache", how));
        return answer(turn, prepared, shared, notes);
    }

    private Response answer(Turn turn, Prepared prepared, Sharing.Shared shared, CallNotes notes) {
        return switch (shared.thought()) {
            case Thought.Said said -> {
                notes.remark(RUNG, said.rung().key());
                remember(prepared, said.exchanges());
                yield said(said, turn, shared.again().isPresent());
            }
            case Thought.Person(var words, var sure, var rung, var _) -> {
                notes.remark(RUNG, rung.key());
                remember(prepared, prepared.inquiry().material().past().size());
                yield sure
                        ? person(Reason.Code.MODEL_HANDS_OVER, words, turn.language())
                        : unsure(turn, prepared, words, notes);
            }
            case Thought.Unsupported _ -> {
                missed(prepared);
                yield entries.near(turn)
                        .map(menu -> {
                            notes.remark(RUNG, Rung.MENU.key());
                            return menu;
                        })
                        .orElseGet(() -> new Response.Pass(Reason.Code.UNSUPPORTED.key()));
            }
            case Thought.Withheld _ -> {
                notes.remark(RUNG, Rung.PROMISE.key());
                yield person(Reason.Code.WITHHELD, "", turn.language());
            }
            case Thought.Cancelled _ -> new Response.Pass(Reason.Code.NOT_WANTED.key());
            case Thought.Nothing(var why) -> withoutModel(turn, prepared, why, notes);
        };
    }

    private Response said(Thought.Said said, Turn turn, boolean again) {
        var model = said.used().model();
        var reason = again
                ? Reason.Code.MODEL_AGAIN
                : switch (said.care()) {
                    case PARTIAL -> Reason.Code.MODEL_PARTIAL;
                    case WHOLE, CUT -> said.rung() == Rung.CHEAPER ? Reason.Code.MODEL_CHEAPER : Reason.Code.MODEL;
                };
        var source = new Response.Source(
                KIND,
                said.used().deployment(),
                model,
                said.confidence().orElse(0.0),
                reason.with(model),
                said.citations());
        var parts = new ArrayList<Part>(List.of(new Part.Text(said.text())));
        if (said.care() == Thought.Care.PARTIAL) parts.add(askAgain(turn));
        return new Response.Answer(parts, source);
    }

    /** Says that the answer is not whole, and offers to ask once more, by a button or a number. */
    private Part askAgain(Turn turn) {
        var words = Incomplete.in(turn.language());
        var question = entries.meant(turn).strip();
        if (question.isEmpty() || question.length() > LONGEST_CHOICE) return new Part.Text(words);
        var again = List.of(new Part.Menu.Option(AGAIN, question));
        entries.offer(turn.conversationId(), again);
        return new Part.Menu(words, again);
    }

    /** What has been said so far stays; else near questions are offered before a person is called. */
    private Response unsure(Turn turn, Prepared prepared, String shown, CallNotes notes) {
        missed(prepared);
        if (shown.isEmpty()) {
            var menu = entries.near(turn);
            if (menu.isPresent()) {
                notes.remark(RUNG, Rung.MENU.key());
                return menu.get();
            }
        }
        notes.remark(RUNG, Rung.PROMISE.key());
        return person(Reason.Code.UNSURE, shown, turn.language());
    }

    private Response withoutModel(Turn turn, Prepared prepared, Optional<ModelOutcome.Why> why, CallNotes notes) {
        missed(prepared);
        var best = prepared.inquiry().material().passages().stream()
                .findFirst()
                .filter(passage ->
                        passage.score() >= prepared.inquiry().rules().search().quotable());
        if (best.isPresent()) {
            notes.remark(RUNG, Rung.EXTRACT.key());
            return extract(best.get(), turn.language());
        }
        var menu = entries.near(turn);
        if (menu.isPresent()) {
            notes.remark(RUNG, Rung.MENU.key());
            return menu.get();
        }
        notes.remark(RUNG, Rung.PROMISE.key());
        var reason = why.map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElse("unreadable");
        return new Response.HandOver(
                Reason.Code.NO_MODEL.with(reason), Optional.of(AiWords.PROMISE.in(turn.language())));
    }

    private static Response extract(Passage passage, Language language) {
        var text = passage.text().strip();
        var quoted = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
        var from = passage.source();
        return new Response.Answer(
                List.of(new Part.Text(AiWords.EXTRACT.in(language) + "\n" + quoted)),
                new Response.Source(
                        from.kind(),
                        from.id(),
                        from.title(),
                        passage.score(),
                        Reason.Code.EXTRACT.key(),
                        List.of(from)));
    }

    private static Response person(Reason.Code reason, String words, Language language) {
        var promise = AiWords.HANDING_OVER.in(language);
        return new Response.HandOver(reason.key(), Optional.of(words.isEmpty() ? promise : words + "\n" + promise));
    }

    private void remember(Prepared prepared, int exchanges) {
        prepared.conversation()
                .ifPresent(conversation -> mind.recollection()
                        .answered(
                                new ConversationId(conversation),
                                new SummaryOrder(
                                        settings.summary(), prepared.inquiry().payer()),
                                exchanges));
    }

    private void missed(Prepared prepared) {
        // A picture by itself is no question that an entry could be written for.
        if (prepared.condensed().isBlank()) return;
        mind.knowledge()
                .missed(
                        prepared.desk(),
                        prepared.asked(),
                        prepared.inquiry().material().question(),
                        prepared.conversation());
    }
}
