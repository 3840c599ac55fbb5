package io.kefuhub.core.models.money;

import io.kefuhub.core.rules.Rule;
import io.kefuhub.core.rules.RuleGroup;
import io.kefuhub.core.rules.RuleValues;
import io.kefuhub.core.rules.Unit;
import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * When the books raise an alert and are put in order. Immutable.
 *
 * @param steps percents of a budget at which there is an alert, the smallest first; always 100
 * @param cheaper from so many percent of a budget on the cheaper model is asked
 * @param pressing from so many percent on the console counts a budget among what wants a person
 * @param sweep how often what nobody settled is settled
 * @param night when the accounts are counted again, where the books are
 */
public record KeepingRules(List<Integer> steps, int cheaper, int pressing, Duration sweep, LocalTime night) {
    private static final int ALL = 100;
    private static final Rule FIRST =
            percent("books.firstAlert", "50", "0", "First alert of a budget; 0 for none", "预算首次告警；0 为不告警");
    private static final Rule SECOND =
            percent("books.secondAlert", "80", "0", "Second alert; 0 for none", "第二次告警；0 为不告警");
    private static final Rule THIRD = percent(
            "books.thirdAlert",
            "95",
            "0",
            "Third alert; 0 for none. There is always one at 100",
            "第三次告警；0 为不告警。达到 100 时始终告警");
    private static final Rule CHEAPER = percent(
            "books.cheaper",
            "95",
            "1",
            "From here on the cheaper model of an alias is asked first",
            "从此比例起优先使用别名中较便宜的模型");
    private static final Rule PRESSING = percent(
            "books.pressing", "80", "1", "From here on a budget counts in the number at Models", "从此比例起计入“模型”处的待处理数");
    private static final Rule SWEEP =
            Unit.TIME.rule("books.sweep", "30s", "1s", "10m", "How often what nobody settled is settled", "清理未结算预留的间隔");
    private static final Rule NIGHT = Unit.HOUR.rule(
            "books.night",
            "03:15",
            "00:00",
            "23:59",
            "When all accounts are counted again, in the zone of the books",
            "每日重新核算账目的时刻，按账本时区");

    public static final RuleGroup RULES = new RuleGroup(
            "books",
            new Words("Alerts and upkeep of the books", "账本的告警与维护"),
            List.of(FIRST, SECOND, THIRD, CHEAPER, PRESSING, SWEEP, NIGHT));

    public static final KeepingRules USUAL = of(RuleValues.USUAL);

    public KeepingRules {
        steps = List.copyOf(steps);
    }

    public static KeepingRules of(RuleValues rules) {
        return new KeepingRules(
                Stream.of(rules.number(FIRST), rules.number(SECOND), rules.number(THIRD), ALL)
                        .filter(step -> step > 0)
                        .distinct()
                        .sorted()
                        .toList(),
                rules.number(CHEAPER),
                rules.number(PRESSING),
                rules.time(SWEEP),
                rules.hour(NIGHT));
    }

    private static Rule percent(String key, String usual, String least, String en, String zh) {
        return Unit.PERCENT.rule(key, usual, least, "100", en, zh);
    }
}
