package io.kefuhub.core.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.Language;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules over HTTP: what they are, what they usually are, what they may be. */
public final class RuleRoutes implements RouteModule {
    private final LiveRules rules;

    public RuleRoutes(LiveRules rules) {
        this.rules = rules;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/answering-rules", this::show, Access.SIGNED_IN);
        routes.put("/api/answering-rules", this::change, Access.ADMIN);
    }

    record RuleView(String name, String meaning, String unit, String value, String usual, String least, String most) {}

    record GroupView(String name, String title, List<RuleView> rules) {}

    record RulesView(List<GroupView> groups, Optional<String> managedBy) {}

    private void show(Context ctx) {
        Requests.send(ctx, view(Requests.language(ctx)));
    }

    private RulesView view(Language language) {
        var now = rules.now();
        var groups = rules.book().groups().stream()
                .map(group -> new GroupView(
                        group.name(),
                        group.title().in(language),
                        group.rules().stream()
                                .map(rule -> view(rule, now.values(), language))
                                .toList()))
                .toList();
        return new RulesView(groups, now.managedBy());
    }

    private static RuleView view(Rule rule, RuleValues values, Language language) {
        return new RuleView(
                rule.name(),
                rule.meaning().in(language),
                rule.unit().key(),
                rule.write(values.of(rule)),
                rule.write(rule.usual()),
                rule.write(rule.least()),
                rule.write(rule.most()));
    }

    private void change(Context ctx) {
        var wanted = wanted(Requests.body(ctx, JsonNode.class));
        switch (rules.book().read(wanted)) {
            case RuleBook.Read.Unfit(var flaw) -> {
                var words = flaw.words();
                throw Problem.invalid(flaw.field(), words.en(), words.zh());
            }
            case RuleBook.Read.Fit(var values) -> {
                rules.now().managedBy().ifPresent(file -> {
                    throw Problem.of(
                            ProblemType.MANAGED_BY_FILE, "They are declared in " + file + ".", "它们由 " + file + " 声明。");
                });
                rules.change(Requests.caller(ctx).actor(), values, Optional.empty());
                Requests.send(ctx, view(Requests.language(ctx)));
            }
        }
    }

    /** Numbers may be written as numbers. */
    private static Map<String, Map<String, String>> wanted(JsonNode body) {
        if (!body.isObject()) throw shape("");
        var wanted = new LinkedHashMap<String, Map<String, String>>();
        body.properties().forEach(group -> {
            if (!group.getValue().isObject()) throw shape(group.getKey());
            var its = new LinkedHashMap<String, String>();
            group.getValue().properties().forEach(rule -> {
                var value = rule.getValue();
                if (!value.isTextual() && !value.isNumber()) throw shape(group.getKey() + "." + rule.getKey());
                its.put(rule.getKey(), value.asText());
            });
            wanted.put(group.getKey(), its);
        });
        return wanted;
    }

    private static Problem shape(String field) {
        return Problem.invalid(
                field,
                "Send the groups by name, in each the rules by name with a text or a number.",
                "请按组名、组内按规则名填写，值为文本或数字。");
    }
}
