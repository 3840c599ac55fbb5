package io.kefuhub.core.answering.ai;

import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.answering.FaqResponder;
import io.kefuhub.core.answering.Sentences;
import io.kefuhub.core.answering.ai.cache.AnswerCache;
import io.kefuhub.core.answering.ai.cache.CacheRules;
import io.kefuhub.core.answering.ai.context.Recollection;
import io.kefuhub.core.answering.ai.context.Summaries;
import io.kefuhub.core.answering.ai.context.SummaryRules;
import io.kefuhub.core.answering.knowledge.KnowledgeRoom;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.counting.Factors;
import io.kefuhub.core.models.counting.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Assistants over the knowledge of the demo shop, with models that do as they are told. */
public final class Assistants implements AutoCloseable {
    public final KnowledgeRoom room = new KnowledgeRoom().withDemo();
    public final ScriptedModels models;
    /** What stands behind aliases. */
    public final Map<String, String> behind = new ConcurrentHashMap<>();

    public final AnswerCache cache = new AnswerCache(room.clock, () -> CacheRules.USUAL);
    public final Tokens tokens = new Tokens();
    public final Factors factors = new Factors();
    public final Recollection recollection;
    /** What turns that begin now keep to. */
    public volatile AiRules rules = AiRules.USUAL;

    private final AiFactory.Mind mind;

    public Assistants() {
        this(new ScriptedModels());
    }

    private Assistants(ScriptedModels models) {
        this(models, models);
    }

    /** Assistants that ask others than those that do as they are told. */
    public Assistants(ModelGateway others) {
        this(new ScriptedModels(), others);
    }

    private Assistants(ScriptedModels models, ModelGateway asked) {
        this.models = models;
        recollection = new Recollection(
                room.database,
                new Summaries(room.database, asked, tokens, room.clock, () -> SummaryRules.USUAL),
                room.clock,
                () -> SummaryRules.USUAL);
        mind = new AiFactory.Mind(
                asked,
                alias -> behind.getOrDefault(alias, ""),
                room.knowledge,
                new KnowledgePassages(room.knowledge),
                key -> Optional.ofNullable(room.desks().get(key)),
                Sentences.USUAL,
                recollection,
                cache,
                tokens,
                factors,
                () -> rules);
    }

    /** What came of a turn. */
    public record Turned(Response response, List<String> drafts, Map<String, String> remarks) {
        public String text() {
            return response instanceof Response.Answer(var parts, var _)
                    ? new Message(parts).text()
                    : String.valueOf(response);
        }
    }

    public AiResponder assistant(Map<String, String> more) {
        return assistant("helper", more);
    }

    public AiResponder assistant(String name, Map<String, String> more) {
        var settings = new HashMap<>(ScriptedModels.SETTINGS);
        settings.putAll(more);
        return new AiResponder(
                name, AiSettings.of(Settings.of(settings)), mind, new FaqResponder(mind.knowledge(), mind.desks()));
    }

    public static Turn turn(String said, Turn.Line... before) {
        return turn(UUID.randomUUID(), "main", Language.ZH_CN, Contact.anonymous("anna"), said, before);
    }

    public static Turn turn(
            UUID conversation, String desk, Language language, Contact contact, String said, Turn.Line... before) {
        return new Turn(
                conversation.toString(),
                desk,
                "wk_demo",
                language,
                Message.of(said),
                most -> List.of(before).subList(Math.max(0, before.length - most), before.length),
                contact);
    }

    public static Turned ask(AiResponder assistant, Turn turn) {
        return ask(assistant, turn, Cancel.NEVER);
    }

    /** Asks where nothing is shown before it is whole. */
    public static Turned askUnseen(AiResponder assistant, Turn turn) {
        return ask(assistant, turn, Cancel.NEVER, new CallNotes(Payer.apart("main", ""), () -> true));
    }

    public static Turned ask(AiResponder assistant, Turn turn, Cancel cancel) {
        return ask(assistant, turn, cancel, new CallNotes(Payer.apart("main", "")));
    }

    private static Turned ask(AiResponder assistant, Turn turn, Cancel cancel, CallNotes notes) {
        var drafts = new ArrayList<String>();
        var response = notes.during(() -> assistant.respond(turn, new AnswerSink() {
            @Override
            public void draft(String text) {
                drafts.add(text);
            }

            @Override
            public Cancel cancel() {
                return cancel;
            }
        }));
        return new Turned(response, drafts, notes.remarks());
    }

    @Override
    public void close() {
        recollection.close();
        room.close();
    }
}
