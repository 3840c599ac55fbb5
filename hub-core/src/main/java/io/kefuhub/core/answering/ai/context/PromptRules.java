package io.kefuhub.core.answering.ai.context;

import io.kefuhub.core.answering.knowledge.SearchRules;
import io.kefuhub.core.rules.Rule;
import io.kefuhub.core.rules.RuleGroup;
import io.kefuhub.core.rules.RuleValues;
import io.kefuhub.core.rules.Unit;
import io.kefuhub.core.web.Words;
import java.util.List;

/**
 * How a prompt is shared out where not everything fits; all but the last two in tokens. Immutable.
 *
 * @param questionBeginning of a question that is too long, so much of its beginning stays
 * @param questionEnd and so much of its end
 * @param answerBeginning of the last answer so many characters stay where all of it does not fit
 * @param passages at most
 * @param passagesFirst share of what is left that passages may have before older turns, from 0 to 1
 * @param pictures more are not shown to a model
 */
public record PromptRules(
        int facts,
        int summary,
        int question,
        int questionBeginning,
        int questionEnd,
        int answerBeginning,
        int passages,
        double passagesFirst,
        int pictures) {
    private static final double PERCENT = 100;
    private static final Rule FACTS = tokens(
            "prompt.facts",
            "300",
            "0",
            "What must not be forgotten: order numbers, amounts, dates",
            "须记住的事实：订单号、金额、日期等");
    private static final Rule SUMMARY =
            tokens("prompt.summary", "400", "0", "The summary of what was said earlier", "较早对话的摘要");
    private static final Rule QUESTION = tokens(
            "prompt.question", "1000", "100", "The question; of a longer one the middle is left out", "问题本身；过长时略去中间");
    private static final Rule QUESTION_BEGINNING = tokens(
            "prompt.questionBeginning",
            "600",
            "10",
            "What stays of the beginning of a question that is too long",
            "问题过长时保留的开头");
    private static final Rule QUESTION_END =
            tokens("prompt.questionEnd", "300", "10", "What stays of its end", "问题过长时保留的结尾");
    private static final Rule ANSWER_BEGINNING = Unit.CHARACTERS.rule(
            "prompt.answerBeginning",
            "200",
            "0",
            "5000",
            "What stays of the last answer where all of it does not fit",
            "上一条回答放不下时保留的开头");
    private static final Rule PASSAGES_FIRST = Unit.PERCENT.rule(
            "prompt.passagesFirst",
            "60",
            "0",
            "100",
            "Of what is left behind the last two turns so much is for passages, before older turns",
            "放入最近两轮后，剩余空间中优先留给知识段落的比例");
    private static final Rule PICTURES =
            Unit.NUMBER.rule("prompt.pictures", "3", "0", "20", "Pictures of one question at most", "一个问题最多附带的图片数");

    public static final RuleGroup RULES = new RuleGroup(
            "prompt",
            new Words("What a prompt holds where not everything fits", "内容放不下时提示词的分配"),
            List.of(
                    FACTS,
                    SUMMARY,
                    QUESTION,
                    QUESTION_BEGINNING,
                    QUESTION_END,
                    ANSWER_BEGINNING,
                    PASSAGES_FIRST,
                    PICTURES),
            List.of(new RuleGroup.Pair(QUESTION_BEGINNING, QUESTION), new RuleGroup.Pair(QUESTION_END, QUESTION)));

    public static final PromptRules USUAL = of(RuleValues.USUAL);

    public static PromptRules of(RuleValues rules) {
        return new PromptRules(
                rules.number(FACTS),
                rules.number(SUMMARY),
                rules.number(QUESTION),
                rules.number(QUESTION_BEGINNING),
                rules.number(QUESTION_END),
                rules.number(ANSWER_BEGINNING),
                rules.number(SearchRules.PASSAGE_TOKENS),
                rules.number(PASSAGES_FIRST) / PERCENT,
                rules.number(PICTURES));
    }

    private static Rule tokens(String key, String usual, String least, String en, String zh) {
        return Unit.TOKENS.rule(key, usual, least, "20000", en, zh);
    }
}
