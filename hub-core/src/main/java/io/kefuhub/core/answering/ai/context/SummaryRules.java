package io.kefuhub.core.answering.ai.context;

import io.kefuhub.core.rules.Rule;
import io.kefuhub.core.rules.RuleGroup;
import io.kefuhub.core.rules.RuleValues;
import io.kefuhub.core.rules.Unit;
import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.util.List;

/**
 * When and how conversations are summed up. Immutable.
 *
 * @param turnsBehind with more turns behind those that prompts hold, they are summed up
 * @param tokensBehind or with more tokens
 * @param tokensAtOnce of lines in one question for a summary
 * @param maxTokens of a summary
 * @param limit how long one may take
 * @param session how long after its end a session still goes on
 */
public record SummaryRules(
        int turnsBehind, int tokensBehind, int tokensAtOnce, int maxTokens, Duration limit, Duration session) {
    private static final Rule TURNS = Unit.NUMBER.rule(
            "summary.turns",
            "12",
            "1",
            "1000",
            "With more turns behind those that prompts hold, they are summed up",
            "提示词之外的轮数超过此值时做摘要");
    private static final Rule TOKENS = Unit.TOKENS.rule(
            "summary.tokens", "1500", "100", "100000", "Or with more tokens behind them", "或提示词之外的内容超过此量时做摘要");
    private static final Rule AT_ONCE = Unit.TOKENS.rule(
            "summary.tokensAtOnce", "3000", "500", "100000", "So much is summed up with one call", "单次调用概括的内容上限");
    private static final Rule LENGTH =
            Unit.TOKENS.rule("summary.length", "400", "64", "4000", "A summary is no longer", "摘要的长度上限");
    private static final Rule LIMIT = Unit.TIME.rule(
            "summary.limit", "10s", "1s", "60s", "How long a summary may take; nobody waits for it", "做摘要的时限，不影响回答");
    private static final Rule SESSION = Unit.TIME.rule(
            "summary.session",
            "30m",
            "0s",
            "24h",
            "So long after a hand-off or the end older text enters by its summary only",
            "转人工或结束后超过此时间，之前的内容仅以摘要形式使用");

    public static final RuleGroup RULES = new RuleGroup(
            "summary",
            new Words("Summaries of long conversations", "长对话的摘要"),
            List.of(TURNS, TOKENS, AT_ONCE, LENGTH, LIMIT, SESSION));

    public static final SummaryRules USUAL = of(RuleValues.USUAL);

    public static SummaryRules of(RuleValues rules) {
        return new SummaryRules(
                rules.number(TURNS),
                rules.number(TOKENS),
                rules.number(AT_ONCE),
                rules.number(LENGTH),
                rules.time(LIMIT),
                rules.time(SESSION));
    }
}
