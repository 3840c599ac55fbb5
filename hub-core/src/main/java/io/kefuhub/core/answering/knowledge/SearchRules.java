package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.rules.Rule;
import io.kefuhub.core.rules.RuleGroup;
import io.kefuhub.core.rules.RuleValues;
import io.kefuhub.core.rules.Unit;
import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.util.List;

/**
 * When what is known is near enough to a question. Shares are from 0 to 1. Immutable.
 *
 * @param alike a question that reaches so much of the BM25 score that a wording has for itself may mean it
 * @param known so much of the question's weight lies in words that the entry knows
 * @param margin no other entry comes within it
 * @param near with so much of the question's weight an entry is worth a place in the menu
 * @param meaning the cosine from which an entry is surely meant
 * @param meaningMargin no other entry comes within it
 * @param cosine from which a passage is near
 * @param words that a passage must share with the question where words alone decide; all, where fewer were asked
 * @param candidates that are looked at, by words and by meaning
 * @param fusion what is added to each rank where the two lists are joined
 * @param passageTokens of all passages that are found for one question, at most
 * @param vector how long a question waits for its vector
 * @param alone a question between others stands alone when its passage is so near
 * @param quotable a passage so near may be quoted without a model that has read it
 */
public record SearchRules(
        double alike,
        double known,
        double margin,
        double near,
        double meaning,
        double meaningMargin,
        double cosine,
        int words,
        int candidates,
        int fusion,
        int passageTokens,
        Duration vector,
        double alone,
        double quotable) {
    private static final Rule ALIKE = share(
            "search.alike",
            "0.85",
            "Answered directly: share of the score an entry has for itself that the question reaches",
            "直接回答：问题得分须达到条目自身得分的比例");
    private static final Rule KNOWN = share(
            "search.known",
            "0.9",
            "Answered directly: share of the question's words that the entry knows",
            "直接回答：问题用词中条目包含的比例");
    private static final Rule MARGIN =
            share("search.margin", "0.1", "Answered directly: no other entry comes so near", "直接回答：与第二名的最小差距");
    private static final Rule NEAR = share(
            "search.near", "0.4", "Offered in a menu: share of the question that the entry has", "列入菜单：问题与条目重合的最低比例");
    private static final Rule MEANING = share(
            "search.meaning",
            "0.92",
            "Answered directly by meaning: least cosine of the best entry",
            "按语义直接回答：最佳条目的最低余弦相似度");
    private static final Rule MEANING_MARGIN = share(
            "search.meaningMargin",
            "0.05",
            "Answered directly by meaning: no other entry comes so near",
            "按语义直接回答：与第二名的最小差距");
    private static final Rule COSINE =
            share("search.cosine", "0.45", "A passage is used from this cosine on", "采用段落的最低余弦相似度");
    private static final Rule WORDS = Unit.NUMBER.rule(
            "search.words",
            "2",
            "1",
            "20",
            "A passage is used from so many telling words in common on",
            "采用段落所需的相同关键词数");
    private static final Rule CANDIDATES = Unit.NUMBER.rule(
            "search.candidates",
            "50",
            "5",
            "500",
            "So many are looked at, by words and by meaning each",
            "按词、按语义各自查看的候选数");
    private static final Rule FUSION = Unit.NUMBER.rule(
            "search.fusion",
            "60",
            "1",
            "1000",
            "k of the reciprocal rank fusion of both lists; a larger one makes ranks count less",
            "两路结果融合（RRF）的 k 值；越大则名次影响越小");
    /** Also what a prompt holds of them at most. */
    public static final Rule PASSAGE_TOKENS = Unit.TOKENS.rule(
            "search.passages",
            "1800",
            "200",
            "50000",
            "All passages for one question, in a prompt too",
            "一个问题（及其提示词）所用段落的总量");

    private static final Rule VECTOR = Unit.TIME.rule(
            "search.vector",
            "1500ms",
            "100ms",
            "10s",
            "How long a question waits for its vector; then words alone decide",
            "等待问题向量的时间，超时则仅按词检索");
    private static final Rule ALONE = share(
            "search.alone",
            "0.6",
            "A question in a conversation may be answered from the cache when its best passage is so near",
            "对话中的问题，最佳段落达到该接近度才可复用缓存回答");
    private static final Rule QUOTABLE =
            share("search.quotable", "0.5", "Without a model a passage so near is quoted", "没有模型可用时，可直接引用段落的最低接近度");

    public static final RuleGroup RULES = new RuleGroup(
            "search",
            new Words("What is near enough in the knowledge", "知识检索的门槛"),
            List.of(
                    ALIKE,
                    KNOWN,
                    MARGIN,
                    NEAR,
                    MEANING,
                    MEANING_MARGIN,
                    COSINE,
                    WORDS,
                    CANDIDATES,
                    FUSION,
                    PASSAGE_TOKENS,
                    VECTOR,
                    ALONE,
                    QUOTABLE));

    public static final SearchRules USUAL = of(RuleValues.USUAL);

    public static SearchRules of(RuleValues rules) {
        return new SearchRules(
                rules.share(ALIKE),
                rules.share(KNOWN),
                rules.share(MARGIN),
                rules.share(NEAR),
                rules.share(MEANING),
                rules.share(MEANING_MARGIN),
                rules.share(COSINE),
                rules.number(WORDS),
                rules.number(CANDIDATES),
                rules.number(FUSION),
                rules.number(PASSAGE_TOKENS),
                rules.time(VECTOR),
                rules.share(ALONE),
                rules.share(QUOTABLE));
    }

    private static Rule share(String key, String usual, String en, String zh) {
        return Unit.SHARE.rule(key, usual, "0", "1", en, zh);
    }
}
