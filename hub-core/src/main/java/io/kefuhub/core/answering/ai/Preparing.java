package io.kefuhub.core.answering.ai;

import io.kefuhub.api.StoredFile;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.answering.ai.cache.Standalone;
import io.kefuhub.core.answering.ai.context.Exchange;
import io.kefuhub.core.answering.ai.context.FactCard;
import io.kefuhub.core.answering.ai.context.Material;
import io.kefuhub.core.answering.ai.context.Recalled;
import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.answering.knowledge.Languages;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.Payer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Gathers what is known about a question: what was said, what must not be forgotten, what the hub knows. Safe for threads. */
final class Preparing {
    private static final int LINES = 40;

    /** What stands for a question that is a picture and nothing else. */
    private static final String PICTURE = "[picture]";

    private final String name;
    private final String system;
    private final AiSettings settings;
    private final AiFactory.Mind mind;

    Preparing(String name, String system, AiSettings settings, AiFactory.Mind mind) {
        this.name = name;
        this.system = system;
        this.settings = settings;
        this.mind = mind;
    }

    Prepared of(Turn turn, String said, CallNotes notes) {
        var began = System.nanoTime();
        var rules = mind.rules().get();
        var conversation = conversation(turn);
        var payer = payer(turn, notes, conversation);
        var desk = mind.desks().apply(turn.desk()).orElseThrow();
        var asker = Asker.of(turn, Languages.of(said).orElse(turn.language()));
        var recalled = recalled(conversation);
        var past = past(turn, recalled);
        var condensed = Condensed.of(said, past);
        var passages = condensed.isBlank()
                ? List.<Passage>of()
                : mind.passages().find(desk, asker, condensed, settings.passages());
        // Between other turns, a question stands alone only when it finds its passage by itself.
        var shareable = settings.caches()
                && Standalone.is(turn.question())
                && (past.isEmpty()
                        || (!passages.isEmpty()
                                && passages.getFirst().score() >= rules.search().alone()))
                && !mind.models().hides(payer, said);
        var material = shareable
                ? new Material(system, List.of(), Optional.empty(), List.of(), passages, said)
                : new Material(
                        system,
                        facts(recalled.facts(), said),
                        earlier(recalled, past),
                        past,
                        passages,
                        said.isEmpty() ? PICTURE : said,
                        pictures(turn.question(), rules.prompt().pictures()));
        return new Prepared(
                desk,
                asker.language(),
                condensed,
                new Inquiry(material, payer, notes, rules, began),
                conversation,
                shareable);
    }

    /** The first few that a customer sent in this turn. */
    static List<StoredFile> pictures(Message question, int most) {
        return question.parts().stream()
                .flatMap(part -> part instanceof Part.Media(var kind, var file) && kind == Part.Media.Kind.IMAGE
                        ? Stream.of(file)
                        : Stream.empty())
                .filter(StoredFile::isPicture)
                .limit(most)
                .toList();
    }

    /** Without its memory an assistant knows less; it need not be silent. */
    private Recalled recalled(Optional<UUID> conversation) {
        try {
            return conversation
                    .map(id -> mind.recollection().recall(new ConversationId(id)))
                    .orElse(Recalled.NOTHING);
        } catch (DatabaseAwayException e) {
            return Recalled.NOTHING;
        }
    }

    private static List<Exchange> past(Turn turn, Recalled recalled) {
        try {
            return Exchange.of(turn.history().latest(LINES).stream()
                    .filter(line -> recalled.isInSession(line.at()))
                    .toList());
        } catch (DatabaseAwayException e) {
            return List.of();
        }
    }

    private static List<String> facts(FactCard facts, String said) {
        return facts.plus(said, true).lines();
    }

    /** What stands in the turns themselves need not be told twice. */
    private static Optional<String> earlier(Recalled recalled, List<Exchange> past) {
        return recalled.earlier()
                .filter(text -> past.isEmpty() || !text.endsWith(past.getFirst().asked()));
    }

    private Payer payer(Turn turn, CallNotes notes, Optional<UUID> conversation) {
        var known = notes.payer();
        return new Payer(
                turn.desk(),
                turn.channel(),
                name,
                known.customer().isEmpty() ? turn.contact().subject() : known.customer(),
                known.conversation().or(() -> conversation),
                known.message());
    }

    private static Optional<UUID> conversation(Turn turn) {
        try {
            return Optional.of(UUID.fromString(turn.conversationId()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
