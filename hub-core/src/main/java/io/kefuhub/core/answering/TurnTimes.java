package io.kefuhub.core.answering;

import io.kefuhub.core.rules.Rule;
import io.kefuhub.core.rules.RuleGroup;
import io.kefuhub.core.rules.RuleValues;
import io.kefuhub.core.rules.Unit;
import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.util.List;

/**
 * How long a customer waits before what. Counted from the beginning of the turn, where nothing else is said. Immutable.
 *
 * @param beginning with so many characters, what was said does not seem unfinished
 * @param fragment how long more is waited for when what was said seems unfinished, before a model is asked
 * @param typing when it is shown that an answer is being made
 * @param renewed how often that is shown anew
 * @param interim when a line is said, where nothing of the answer is shown by then; early enough for a platform to show it
 *     within four seconds of the question
 * @param offers when entries are offered that may be meant, where nothing is shown by then
 * @param firstText by when there must be words of an answer, or a person is called
 * @param end by when it must be there
 * @param leave how long a responder is waited for after it was told to end
 */
public record TurnTimes(
        int beginning,
        Duration fragment,
        Duration typing,
        Duration renewed,
        Duration interim,
        Duration offers,
        Duration firstText,
        Duration end,
        Duration leave) {
    private static final Rule BEGINNING = Unit.CHARACTERS.rule(
            "turn.fragmentCharacters",
            "8",
            "0",
            "100",
            "What is shorter and has no closing mark seems unfinished",
            "少于这么多字符且没有结尾标点的消息，视为还没说完");
    private static final Rule FRAGMENT = Unit.TIME.rule(
            "turn.fragment",
            "1500ms",
            "0s",
            "10s",
            "How long more is waited for when a message seems unfinished",
            "消息像是没说完时，等待后续消息的时间");
    private static final Rule TYPING = Unit.TIME.rule(
            "turn.typing",
            "800ms",
            "0s",
            "10s",
            "When the customer sees that an answer is being made",
            "多久后向客户显示“正在输入”");
    /** Clients of the web chat let a sign of typing fade after 6 seconds. */
    private static final Rule RENEWED = Unit.TIME.rule(
            "turn.typingRenewed",
            "4800ms",
            "500ms",
            "30s",
            "How often that is shown anew; the web chat lets it fade after 6s",
            "“正在输入”的刷新间隔；网页聊天中 6s 后会自动消失");

    private static final Rule INTERIM = Unit.TIME.rule(
            "turn.interim",
            "2500ms",
            "500ms",
            "60s",
            "When one line asks for patience, while nothing of the answer is shown",
            "仍无任何回答时，多久后说一句请稍候");
    private static final Rule OFFERS = Unit.TIME.rule(
            "turn.offers",
            "12s",
            "1s",
            "60s",
            "When entries of the knowledge are offered beside the wait",
            "仍无任何回答时，多久后列出可能相关的知识条目");
    private static final Rule FIRST_TEXT = Unit.TIME.rule(
            "turn.firstText",
            "25s",
            "2s",
            "60s",
            "By when there must be words of an answer, or a person is called",
            "最迟多久须出现回答的文字，否则转人工");
    /** A responder has no longer. */
    private static final Rule END = Unit.TIME.rule(
            "turn.end",
            "60s",
            "10s",
            "60s",
            "By when the answer must be whole, or a person is called",
            "最迟多久须完成整个回答，否则转人工");

    private static final Rule LEAVE = Unit.TIME.rule(
            "turn.leave", "2s", "0s", "10s", "How long an answer that was called off is waited for", "回答被取消后，等待其结束的时间");

    public static final RuleGroup RULES = new RuleGroup(
            "turn",
            new Words("While a customer waits", "客户等待时"),
            List.of(BEGINNING, FRAGMENT, TYPING, RENEWED, INTERIM, OFFERS, FIRST_TEXT, END, LEAVE),
            List.of(new RuleGroup.Pair(FIRST_TEXT, END)));

    public static final TurnTimes USUAL = of(RuleValues.USUAL);

    public static TurnTimes of(RuleValues rules) {
        return new TurnTimes(
                rules.number(BEGINNING),
                rules.time(FRAGMENT),
                rules.time(TYPING),
                rules.time(RENEWED),
                rules.time(INTERIM),
                rules.time(OFFERS),
                rules.time(FIRST_TEXT),
                rules.time(END),
                rules.time(LEAVE));
    }
}
