package io.kefuhub.core.provisioning;

import io.kefuhub.core.web.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;

/** Finds what two files declare differently. */
final class Contradictions {
    private static final Words DESK = new Words("the desk %s", "部门 %s");
    private static final Words PERSON = new Words("the person %s", "人员 %s");
    private static final Words CHANNEL = new Words("the channel %s", "渠道 %s");
    private static final Words FILTER = new Words("the filter %s", "过滤器 %s");
    private static final Words RESPONDER = new Words("the responder %s", "应答器 %s");
    private static final Words PROVIDER = new Words("the provider %s", "模型服务 %s");
    private static final Words DEPLOYMENT = new Words("the deployment %s", "模型部署 %s");
    private static final Words ALIAS = new Words("the alias %s", "别名 %s");
    private static final Words RULES = new Words("the rules for models", "模型规则");
    private static final Words ANSWERING = new Words("the rules for answering", "应答规则");
    private static final Words SETTING = new Words("the setting %s", "设置 %s");
    private static final Words TRANSLATOR = new Words("the translator %s", "翻译器 %s");
    private static final Words TRANSLATION = new Words("the translation of the desk %s", "部门 %s 的翻译设置");
    private static final Words BOOKS = new Words("how the books are kept", "账本的记法");
    private static final Words RATE = new Words("the rate of %s", "%s 的汇率");
    private static final Words BUDGET = new Words("the budget %s", "预算 %s");
    private static final Words PRICE = new Words("the price of %s", "%s 的价格");
    private static final Words ENTRY = new Words("the entry %s", "知识条目 %s");

    private Contradictions() {}

    /** @param files what each declares, by name; of two, the later is the one that is wrong */
    static List<ConfProblem> between(SortedMap<String, Declarations> files) {
        var first = new HashMap<Words, Where>();
        var found = new ArrayList<ConfProblem>();
        files.values().forEach(declared -> {
            declared.desks().forEach(desk -> once(DESK.with(desk.key()), desk.at(), first, found));
            declared.people().forEach(person -> once(PERSON.with(person.login()), person.at(), first, found));
            declared.channels().forEach(channel -> once(CHANNEL.with(channel.key()), channel.at(), first, found));
            declared.filters().forEach(one -> once(FILTER.with(one.key()), one.at(), first, found));
            declared.responders().forEach(one -> once(RESPONDER.with(one.key()), one.at(), first, found));
            declared.providers().forEach(one -> once(PROVIDER.with(one.key()), one.at(), first, found));
            declared.translators().forEach(one -> once(TRANSLATOR.with(one.key()), one.at(), first, found));
            declared.translation().forEach(one -> once(TRANSLATION.with(one.desk()), one.at(), first, found));
            declared.models().forEach(one -> once(name(one), one.at(), first, found));
            declared.rules().forEach(rules -> once(ANSWERING, rules.at(), first, found));
            declared.settings().forEach(setting -> once(SETTING.with(setting.key()), setting.at(), first, found));
            declared.money().forEach(money -> money(money, first, found));
            declared.knowledge()
                    .forEach(part -> part.entries()
                            .forEach(entry ->
                                    once(ENTRY.with(part.desk() + ":" + entry.identity()), part.at(), first, found)));
        });
        return found;
    }

    private static Words name(Declarations.Model one) {
        return switch (one) {
            case Declarations.Model.OfDeployment(var _, var deployment) -> DEPLOYMENT.with(deployment.key());
            case Declarations.Model.OfAlias(var _, var alias) -> ALIAS.with(alias.name());
            case Declarations.Model.OfRules _ -> RULES;
        };
    }

    private static void money(Declarations.Money money, HashMap<Words, Where> first, List<ConfProblem> found) {
        money.books().ifPresent(books -> once(BOOKS, books.at(), first, found));
        money.rates().forEach(rate -> once(RATE.with(rate.currency()), rate.at(), first, found));
        money.budgets()
                .forEach(budget -> once(BUDGET.with(budget.budget().name().text()), budget.at(), first, found));
        money.prices().forEach(price -> {
            var body = price.body();
            var from = body.validFrom().map(moment -> " " + moment).orElse("");
            once(PRICE.with(body.provider() + "/" + body.model() + from), price.at(), first, found);
        });
    }

    private static void once(Words what, Where at, HashMap<Words, Where> first, List<ConfProblem> found) {
        var earlier = first.putIfAbsent(what, at);
        if (earlier == null) return;
        found.add(new ConfProblem(
                at,
                new Words(
                        "%s is declared already in %s".formatted(what.en(), earlier),
                        "%s 已在 %s 第 %d 行声明".formatted(what.zh(), earlier.file(), earlier.line()))));
    }
}
