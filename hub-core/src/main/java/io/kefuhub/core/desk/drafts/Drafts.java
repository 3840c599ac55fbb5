package io.kefuhub.core.desk.drafts;

import io.kefuhub.api.Language;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks a model for words that an agent may use. Nothing of it is stored or sent: what an agent makes of it goes the way
 * of every reply. Safe for threads; calls wait.
 */
public final class Drafts {
    static final int LONGEST = 4_000;

    private static final int LOOKED_AT = 30;
    private static final int TOKENS = 600;
    private static final Duration FIRST_TEXT = Duration.ofSeconds(15);
    private static final Duration END = Duration.ofSeconds(30);

    private final Database database;
    private final ModelGateway models;
    private final Supplier<Optional<String>> alias;
    private final DraftKnowledge knowledge;
    private final Function<Conversation, Place> places;
    private final InstantSource clock;
    private final Messages messages = new Messages();

    /**
     * What a conversation's place is called.
     *
     * @param desk its key
     * @param channel its key
     */
    public record Place(String desk, String channel) {}

    /** @param alias which one proposes words; empty where the organisation wants none */
    public Drafts(
            Database database,
            ModelGateway models,
            Supplier<Optional<String>> alias,
            DraftKnowledge knowledge,
            Function<Conversation, Place> places,
            InstantSource clock) {
        this.database = database;
        this.models = models;
        this.alias = alias;
        this.knowledge = knowledge;
        this.places = places;
        this.clock = clock;
    }

    /**
     * What an agent asks for.
     *
     * @param text the agent's own words; empty for what needs none
     * @param language to write in
     */
    public record Wish(DraftKind kind, String text, Language language) {}

    /**
     * Proposes words.
     *
     * @param agent the agent's name, for the books
     * @throws Problem with what to do, when no model is set or none could answer
     */
    public Draft propose(String agent, Conversation conversation, Wish wish) {
        var by = alias.get()
                .orElseThrow(() -> Problem.of(
                        ProblemType.UNAVAILABLE,
                        "No model is chosen for drafts; an admin does so in the settings.",
                        "尚未选择用于草拟回复的模型，请管理员在设置中选择。"));
        var latest = wish.kind().needsText() ? List.<StoredMessage>of() : latest(conversation);
        var passages =
                wish.kind() == DraftKind.SUGGEST ? passages(conversation, latest) : List.<DraftKnowledge.Passage>of();
        var asked =
                wish.kind().needsText() ? DraftPrompt.words(wish.text()) : DraftPrompt.conversation(latest, passages);
        var outcome = models.ask(question(by, agent, conversation, wish, asked), Unread.SINK, Cancel.NEVER);
        return new Draft(
                text(outcome).strip(),
                outcome.used().model(),
                passages.stream()
                        .map(passage -> new Draft.Source(passage.id(), passage.title()))
                        .toList());
    }

    private ModelQuestion question(
            String by, String agent, Conversation conversation, Wish wish, List<AiRequest.Turn> asked) {
        var place = places.apply(conversation);
        var payer = new Payer(
                place.desk(),
                place.channel(),
                agent,
                "",
                Optional.of(conversation.id().value()),
                Optional.empty());
        return new ModelQuestion(
                by,
                wish.kind() == DraftKind.TRANSLATE ? Purpose.TRANSLATION : Purpose.DRAFT,
                payer,
                DraftPrompt.system(wish.kind(), named(wish.language())),
                asked,
                TOKENS,
                0.3,
                false,
                Map.of(),
                FIRST_TEXT,
                END);
    }

    private List<StoredMessage> latest(Conversation conversation) {
        return database.read(db -> messages.until(db, conversation.id(), clock.instant(), LOOKED_AT));
    }

    private List<DraftKnowledge.Passage> passages(Conversation conversation, List<StoredMessage> latest) {
        var question = latest.stream()
                .filter(message -> message.speaker().kind() == Speaker.Kind.CUSTOMER)
                .map(message -> message.message().text().strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
        return question.map(text -> knowledge.on(conversation, text)).orElse(List.of());
    }

    /** What models call a language best. */
    private static String named(Language language) {
        var locale = Locale.forLanguageTag(language.tag());
        return locale.getDisplayName(Locale.ENGLISH) + " (" + language.tag() + ")";
    }

    private static String text(ModelOutcome outcome) {
        return switch (outcome) {
            case ModelOutcome.Answered(var text, var _, var _) when !text.isBlank() -> text;
            case ModelOutcome.Answered _, ModelOutcome.Partial _, ModelOutcome.Cancelled _ ->
                throw unavailable("The model gave no whole answer; try again.", "模型没有给出完整的回答，请重试。");
            case ModelOutcome.Withheld _ ->
                throw unavailable("The model's provider withholds this answer.", "模型服务商不提供此回答。");
            case ModelOutcome.TooLong _ -> throw unavailable("It is too long for the model.", "内容过长，模型无法处理。");
            case ModelOutcome.NotAnswered(var why, var _, var _, var _) -> throw unavailable(why);
        };
    }

    private static Problem unavailable(ModelOutcome.Why why) {
        return switch (why) {
            case NO_MODEL ->
                unavailable(
                        "The model chosen for drafts cannot be asked: it is gone, off or has no price. An admin sees why under Models.",
                        "用于草拟回复的模型不可用：已删除、已停用或未定价。管理员可在“模型”页查看原因。");
            case BUDGET -> unavailable("The budget for models is used up for now.", "模型预算已用完。");
            case LIMIT, BUSY -> unavailable("The model is busy; try again in a moment.", "模型繁忙，请稍后再试。");
            case FAILED, DEADLINE -> unavailable("The model does not answer; try again in a moment.", "模型没有响应，请稍后再试。");
            case FILTERED -> unavailable("A filter does not let what was said go to a model.", "过滤器不允许将这些内容发送给模型。");
            case DATABASE_AWAY -> unavailable("The database is away for a moment; try again.", "数据库暂时不可用，请重试。");
        };
    }

    private static Problem unavailable(String en, String zh) {
        return Problem.of(ProblemType.UNAVAILABLE, en, zh);
    }

    /** The whole answer is what counts. */
    private enum Unread implements AiSink {
        SINK;

        @Override
        public void content(String piece) {}

        @Override
        public void reasoning(String piece) {}

        @Override
        public void usage(Usage usage) {}
    }
}
