package io.kefuhub.core.provisioning;

import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.core.models.catalogue.Alias;
import io.kefuhub.core.models.catalogue.CatalogueRoutes;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.catalogue.Rules;
import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a file declares of models: deployments, aliases, and the rules for all of them. */
final class ModelReader {
    private static final List<String> DEPLOYMENT = List.of(
            "title",
            "provider",
            "model",
            "window",
            "maxOutput",
            "pictures",
            "reasoning",
            "local",
            "weight",
            "concurrency",
            "requestsPerMinute",
            "tokensPerMinute",
            "firstContent",
            "gap",
            "whole",
            "unpriced",
            "billsFailures",
            "enabled");
    private static final SettingSpec TIME = SettingSpec.duration("time", "Time");

    private ModelReader() {}

    static List<Declarations.Model> models(Section top) {
        var all = new ArrayList<Declarations.Model>();
        top.sections("deployments")
                .forEach((key, section) ->
                        all.add(new Declarations.Model.OfDeployment(section.where(), deployment(key, section))));
        top.sections("aliases")
                .forEach((name, section) ->
                        all.add(new Declarations.Model.OfAlias(section.where(), alias(name, section))));
        if (top.names().contains("modelRules")) {
            var section = top.section("modelRules");
            all.add(new Declarations.Model.OfRules(section.where(), rules(section)));
        }
        return List.copyOf(all);
    }

    private static Deployment deployment(String key, Section section) {
        section.finish(DEPLOYMENT);
        var window = number(section, "window", CatalogueRoutes.Usual.WINDOW);
        return new Deployment(
                key,
                section.optionalText("title").orElse(""),
                section.text("provider"),
                section.text("model"),
                new Deployment.Traits(
                        window,
                        number(section, "maxOutput", Math.min(window, CatalogueRoutes.Usual.MAX_OUTPUT)),
                        section.flag("pictures", false),
                        section.flag("reasoning", false),
                        section.flag("local", false),
                        number(section, "weight", CatalogueRoutes.Usual.WEIGHT)),
                new Deployment.Limits(
                        number(section, "concurrency", CatalogueRoutes.Usual.CONCURRENCY),
                        number(section, "requestsPerMinute", 0),
                        number(section, "tokensPerMinute", 0),
                        new Deployment.Patience(
                                section.optional("firstContent", ModelReader::time),
                                section.optional("gap", ModelReader::time),
                                section.optional("whole", ModelReader::time))),
                new Deployment.Billing(section.flag("unpriced", false), section.flag("billsFailures", false)),
                section.flag("enabled", true),
                Optional.empty(),
                Optional.empty());
    }

    private static Alias alias(String name, Section section) {
        section.finish(List.of("title", "deployments", "cheaper"));
        return new Alias(
                name,
                section.optionalText("title").orElse(""),
                section.texts("deployments"),
                section.optionalText("cheaper"),
                Optional.empty());
    }

    private static Rules rules(Section section) {
        section.finish(List.of("customers", "usualDesk", "desks", "retries", "hedge", "bodyDays"));
        var usual = Rules.USUAL;
        var customers = section.section("customers");
        customers.finish(List.of("turnsIn30Seconds", "turnsInAnHour"));
        var retries = section.section("retries");
        retries.finish(List.of("attempts", "percent"));
        var hedge = section.section("hedge");
        hedge.finish(List.of("on", "callsPercent", "spendPercent"));
        Map<String, Rules.DeskRules> desks = new LinkedHashMap<>();
        var usualDesk = desk(section.section("usualDesk"), usual.usualDesk());
        section.sections("desks").forEach((key, one) -> desks.put(key, desk(one, usualDesk)));
        return new Rules(
                new Rules.Customers(
                        number(customers, "turnsIn30Seconds", usual.customers().turnsIn30Seconds()),
                        number(customers, "turnsInAnHour", usual.customers().turnsInAnHour())),
                usualDesk,
                desks,
                new Rules.Retries(
                        number(retries, "attempts", usual.retries().attempts()),
                        number(retries, "percent", usual.retries().percent())),
                new Rules.Hedge(
                        hedge.flag("on", usual.hedge().on()),
                        number(hedge, "callsPercent", usual.hedge().callsPercent()),
                        number(hedge, "spendPercent", usual.hedge().spendPercent())),
                Optional.of(number(section, "bodyDays", usual.keepsBodies())));
    }

    private static Rules.DeskRules desk(Section section, Rules.DeskRules usual) {
        section.finish(List.of("concurrency", "requestsPerMinute", "tokensPerMinute", "localOnly"));
        return new Rules.DeskRules(
                number(section, "concurrency", usual.concurrency()),
                number(section, "requestsPerMinute", usual.requestsPerMinute()),
                number(section, "tokensPerMinute", usual.tokensPerMinute()),
                section.flag("localOnly", usual.localOnly()));
    }

    private static int number(Section section, String name, int usual) {
        return section.optional(name, ModelReader::number).orElse(usual);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new UnreadableException(new Words("a whole number is expected", "应为整数"), e);
        }
    }

    private static Duration time(String text) {
        try {
            return Settings.of(Map.of(TIME.key(), text)).duration(TIME);
        } catch (SettingsException e) {
            throw new UnreadableException(
                    new Words("a duration such as 800ms or 6s is expected", "应为时长，例如 800ms 或 6s"), e);
        }
    }
}
