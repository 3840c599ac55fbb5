package io.kefuhub.core.models.routing;

import io.kefuhub.core.rules.Rule;
import io.kefuhub.core.rules.RuleGroup;
import io.kefuhub.core.rules.RuleValues;
import io.kefuhub.core.rules.Unit;
import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.util.List;

/**
 * How fast questions are given up, repeated and tried again. Immutable.
 *
 * @param firstContent of a call, until the first piece of text
 * @param firstContentReasoning the same for models that think first
 * @param reasoning the same while pieces of its thinking come
 * @param gap between two pieces
 * @param whole a whole stream
 * @param plain a call that is not streamed
 * @param backoff the first pause before a call is repeated at the same deployment, which doubles
 * @param longestBackoff such a pause at most
 * @param longestWait the longest pause of a provider's that is waited for
 * @param line how long one waits for a place
 * @param waiting how many wait for one at most
 * @param holdBack how long text is held back before it is shown and nobody else can answer any more
 * @param holdBackCharacters as many at most are held back
 * @param hedge how long there must be no text before a second call is made
 * @param farewell how long a call that was ended may take to end
 */
public record Tempo(
        Duration firstContent,
        Duration firstContentReasoning,
        Duration reasoning,
        Duration gap,
        Duration whole,
        Duration plain,
        Duration backoff,
        Duration longestBackoff,
        Duration longestWait,
        Duration line,
        int waiting,
        Duration holdBack,
        int holdBackCharacters,
        Duration hedge,
        Duration farewell,
        Rest rest) {
    private static final String SHORTEST = "100ms";
    private static final String LONGEST = "110s";

    private static final Rule FIRST_CONTENT = Unit.TIME.rule(
            "calls.firstContent",
            "6s",
            SHORTEST,
            LONGEST,
            "How long the first words of a model may take",
            "等待模型首段文字的时间");
    private static final Rule FIRST_CONTENT_REASONING = Unit.TIME.rule(
            "calls.firstContentReasoning",
            "20s",
            SHORTEST,
            LONGEST,
            "The same for models that think first",
            "推理模型的首段文字等待时间");
    private static final Rule REASONING = Unit.TIME.rule(
            "calls.reasoning",
            "30s",
            SHORTEST,
            LONGEST,
            "How long it may think while pieces of its thinking come",
            "持续收到思考内容时，允许思考的时间");
    private static final Rule GAP =
            Unit.TIME.rule("calls.gap", "10s", SHORTEST, LONGEST, "From one piece of text to the next", "相邻两段文字之间的间隔");
    private static final Rule WHOLE =
            Unit.TIME.rule("calls.whole", "45s", SHORTEST, LONGEST, "A whole stream", "整个流式回答的时间");
    private static final Rule PLAIN =
            Unit.TIME.rule("calls.plain", "30s", SHORTEST, LONGEST, "A whole call that is not streamed", "非流式调用的时间");
    private static final Rule BACKOFF = Unit.TIME.rule(
            "calls.backoff",
            "200ms",
            "0s",
            "10s",
            "The first pause before a repeated call, at most; it doubles",
            "重试前首次停顿的上限，之后逐次加倍");
    private static final Rule LONGEST_BACKOFF =
            Unit.TIME.rule("calls.longestBackoff", "2s", "0s", "30s", "Such a pause at most", "重试停顿的最大值");
    private static final Rule LONGEST_WAIT = Unit.TIME.rule(
            "calls.longestWait",
            "2s",
            "0s",
            "30s",
            "The longest pause a provider may wish for (429) that is waited for; else the next one is asked",
            "服务商要求的停顿（429）不超过此值时原地等待，否则改问下一个部署");
    private static final Rule LINE = Unit.TIME.rule(
            "calls.line",
            "2s",
            "0s",
            "30s",
            "How long a question waits for a place at a desk or deployment",
            "等待客服组或部署空位的时间");
    private static final Rule WAITING = Unit.NUMBER.rule(
            "calls.waiting", "64", "0", "10000", "How many wait for a place at most", "最多有多少个问题排队等待空位");
    private static final Rule HOLD_BACK = Unit.TIME.rule(
            "calls.holdBack",
            "300ms",
            "0s",
            "10s",
            "How long the first text is held back, in which another model may still take over unseen",
            "首段文字暂不显示的时间，其间可悄然换用其他模型");
    private static final Rule HOLD_BACK_CHARACTERS = Unit.CHARACTERS.rule(
            "calls.holdBackCharacters", "24", "0", "1000", "As many characters at most are held back", "暂不显示的字符数上限");
    private static final Rule HEDGE = Unit.TIME.rule(
            "calls.hedge", "1500ms", SHORTEST, LONGEST, "A second call (hedge) begins no sooner", "第二路调用（对冲）最早多久后发出");
    private static final Rule FAREWELL = Unit.TIME.rule(
            "calls.farewell",
            "500ms",
            "0s",
            "5s",
            "How long a call that was ended may still tell its usage",
            "调用被终止后，等待其报告用量的时间");

    public static final RuleGroup CALLS = new RuleGroup(
            "calls",
            new Words("Calls to models", "模型调用"),
            List.of(
                    FIRST_CONTENT,
                    FIRST_CONTENT_REASONING,
                    REASONING,
                    GAP,
                    WHOLE,
                    PLAIN,
                    BACKOFF,
                    LONGEST_BACKOFF,
                    LONGEST_WAIT,
                    LINE,
                    WAITING,
                    HOLD_BACK,
                    HOLD_BACK_CHARACTERS,
                    HEDGE,
                    FAREWELL),
            List.of(new RuleGroup.Pair(BACKOFF, LONGEST_BACKOFF)));

    /**
     * When a deployment rests.
     *
     * @param window over which its calls are looked at
     * @param calls so many at least; so many that fail in a row are enough by themselves
     * @param failedPercent of them that fail are too many
     * @param slowPercent of them that are slow are too many
     * @param slow the first piece of text later than this counts as slow
     * @param open how long it rests at first, which doubles
     * @param longestOpen at most
     * @param probes calls that are let through before the rest is over
     * @param look how often its provider is asked for nothing meanwhile, whether it is there again
     */
    public record Rest(
            Duration window,
            int calls,
            int failedPercent,
            int slowPercent,
            Duration slow,
            Duration open,
            Duration longestOpen,
            int probes,
            Duration look) {
        private static final Rule WINDOW = Unit.TIME.rule(
                "rest.window",
                "60s",
                "1s",
                "10m",
                "Over which time the calls of a deployment are looked at",
                "统计部署调用情况的时间窗口");
        private static final Rule CALLS = Unit.NUMBER.rule(
                "rest.calls",
                "10",
                "1",
                "1000",
                "With fewer calls it is not judged; so many that fail in a row are enough by themselves",
                "调用数少于此值时不作判断；连续失败达到此数即刻暂停");
        private static final Rule FAILED = Unit.PERCENT.rule(
                "rest.failedPercent", "50", "1", "100", "With so many failed calls it rests", "失败调用达到该比例时暂停");
        private static final Rule SLOW_PERCENT = Unit.PERCENT.rule(
                "rest.slowPercent", "80", "1", "100", "With so many slow calls it rests", "缓慢调用达到该比例时暂停");
        private static final Rule SLOW = Unit.TIME.rule(
                "rest.slow",
                "8s",
                SHORTEST,
                LONGEST,
                "First words later than that are slow; later still for models that think first",
                "首段文字晚于此值即为缓慢；推理模型相应放宽");
        private static final Rule OPEN = Unit.TIME.rule(
                "rest.open", "15s", "1s", "1h", "How long it rests at first; it doubles", "首次暂停的时间，之后逐次加倍");
        private static final Rule LONGEST_OPEN =
                Unit.TIME.rule("rest.longestOpen", "5m", "1s", "24h", "It rests no longer", "暂停时间的最大值");
        private static final Rule PROBES = Unit.NUMBER.rule(
                "rest.probes",
                "2",
                "1",
                "20",
                "So many calls are let through to see whether it works again",
                "恢复前放行的试探调用数");
        private static final Rule LOOK = Unit.TIME.rule(
                "rest.look",
                "10s",
                "1s",
                "10m",
                "How often its provider is asked meanwhile, for free, whether it is there again",
                "暂停期间免费检查服务商是否恢复的间隔");

        public static final RuleGroup RULES = new RuleGroup(
                "rest",
                new Words("When a deployment rests", "部署何时暂停"),
                List.of(WINDOW, CALLS, FAILED, SLOW_PERCENT, SLOW, OPEN, LONGEST_OPEN, PROBES, LOOK),
                List.of(new RuleGroup.Pair(OPEN, LONGEST_OPEN)));

        public static final Rest USUAL = of(RuleValues.USUAL);

        static Rest of(RuleValues rules) {
            return new Rest(
                    rules.time(WINDOW),
                    rules.number(CALLS),
                    rules.number(FAILED),
                    rules.number(SLOW_PERCENT),
                    rules.time(SLOW),
                    rules.time(OPEN),
                    rules.time(LONGEST_OPEN),
                    rules.number(PROBES),
                    rules.time(LOOK));
        }
    }

    public static final Tempo USUAL = of(RuleValues.USUAL);

    public static Tempo of(RuleValues rules) {
        return new Tempo(
                rules.time(FIRST_CONTENT),
                rules.time(FIRST_CONTENT_REASONING),
                rules.time(REASONING),
                rules.time(GAP),
                rules.time(WHOLE),
                rules.time(PLAIN),
                rules.time(BACKOFF),
                rules.time(LONGEST_BACKOFF),
                rules.time(LONGEST_WAIT),
                rules.time(LINE),
                rules.number(WAITING),
                rules.time(HOLD_BACK),
                rules.number(HOLD_BACK_CHARACTERS),
                rules.time(HEDGE),
                rules.time(FAREWELL),
                Rest.of(rules));
    }

    public Tempo with(Rest changed) {
        return new Tempo(
                firstContent,
                firstContentReasoning,
                reasoning,
                gap,
                whole,
                plain,
                backoff,
                longestBackoff,
                longestWait,
                line,
                waiting,
                holdBack,
                holdBackCharacters,
                hedge,
                farewell,
                changed);
    }
}
