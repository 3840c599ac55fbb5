package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.kefuhub.dist.Judge.Guise;
import io.kefuhub.dist.ModelRoom.Tab;
import io.kefuhub.dist.Watched.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An admin at the page of models: sets one up, sees what it costs, has customers answered by it, and bounds it. */
@Timeout(180)
final class ModelsPageIT {
    private static final String PASSWORD = "pine cup walnut cedar";
    private static final String BUDGET = "main .card-panel li:has(.bar)";
    private static final String DESK = "main";
    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);

    @TempDir
    Path folder;

    @Test
    void a_model_is_set_up_tested_priced_ordered_bounded_and_looked_at() throws IOException {
        var home = folder.resolve("home");
        var unpacked = UnpackedHub.prepared();
        Files.createDirectories(home.resolve("plugins"));
        Files.copy(
                unpacked.resolve("plugins-available").resolve(ModelRoom.JAR),
                home.resolve("plugins").resolve(ModelRoom.JAR));
        try (var model = new StubModel();
                var hub = UnpackedHub.start(unpacked, home);
                var browser = new Watched()) {
            hub.awaitReady();
            var li = new Desk(Watched.still(browser.person(Window.DESKTOP, "zh-CN")), hub.url.resolve("/console"));
            li.signsIn(hub.printed("登录名"), hub.printed("一次性密码"), PASSWORD);
            var admin = new Admin(li.page, hub);

            admin.the_plugin_says_what_it_wants_and_is_allowed_it();
            admin.an_account_and_a_model_are_added(model);
            admin.a_model_without_a_price_is_not_put_on_and_not_asked();
            admin.its_price_is_added_where_it_is_missed_and_shown_by_the_thousand_questions();
            admin.a_press_of_test_tells_first_words_tokens_and_cost();
            admin.an_alias_is_added();
            admin.an_assistant_answers_from_its_place_among_the_answer_sources();
            admin.an_assistant_is_dragged_to_another_place();
            admin.a_desk_asks_only_models_that_stay_with_us();
            admin.a_model_that_stays_with_us_has_its_own_deadlines_and_answers_that_desk();
            admin.what_is_wrong_with_a_rule_for_all_questions_is_told_at_its_field();
            admin.a_number_by_which_the_hub_answers_is_changed_and_set_back();
            admin.a_budget_shows_how_far_it_is_used();
            admin.what_was_asked_is_plotted_and_can_be_read_as_a_table();
            admin.what_is_done_is_what_the_plots_show();
            admin.a_budget_that_is_used_up_calls_a_person_and_stops_the_model();
            admin.another_currency_has_a_rate_and_a_desk_its_time_zone();
            admin.rules_of_a_file_are_only_looked_at(home.resolve("conf/rules.yaml"));

            assertThat(li.page
                            .evaluate("() => fetch('/api/instances').then(answer => answer.text())")
                            .toString())
                    .contains("openai-compatible")
                    .doesNotContain("sk-secret");
            assertThat(admin.faults).isEmpty();
            assertThat(browser.faults).isEmpty();
        }
    }

    private static final class Admin {
        private final Page page;
        private final ModelRoom models;
        private final UnpackedHub hub;
        private final AnswerSources sources;
        private final UsagePlots plots;
        private final Judge judge;
        private final List<String> faults = new ArrayList<>();

        Admin(Page page, UnpackedHub hub) {
            this.page = page;
            this.models = new ModelRoom(page);
            this.hub = hub;
            this.sources = new AnswerSources(page);
            this.plots = new UsagePlots(page);
            this.judge = new Judge(page.mainFrame(), _ -> {}, faults, Guise.ZH_LIGHT_DESK);
        }

        void the_plugin_says_what_it_wants_and_is_allowed_it() {
            page.locator(".rail nav a[href$='/plugins']").click();
            var asking = page.locator("article[data-plugin=ai-openai] [data-asks='1.0.0']");
            asking.waitFor();
            assertThat(asking.innerText()).contains("读写系统里的文件", "使用密钥等机密设置");
            asking.locator(".el-button--primary").click();
            page.locator("article[data-plugin=ai-openai][data-state=serving]").waitFor();
        }

        void an_account_and_a_model_are_added(StubModel stub) {
            models.enters();
            models.opensAnAccount();
            models.keepsTheAccount(stub.address(ModelWire.OPENAI));
            assertThat(models.asksForTheModel().innerText()).contains("没有 stub (openai-compatible) 的价格", "不能启用");
            assertThat(page.locator("main li .who").first().innerText()).contains("OpenAI 兼容服务");
        }

        void a_model_without_a_price_is_not_put_on_and_not_asked() {
            assertThat(asked("/api/deployments", "answer.deployments")).isEqualTo(List.of());
            models.turns("enabled");
            models.keepsTheModel();
            assertThat(models.theModel().innerText()).contains("停用");
            assertThat(fact("每 1,000 个问题约").innerText()).contains("未设价格");
            assertThat(models.tests().innerText())
                    .doesNotContain(StubModel.ANSWER)
                    .contains("无法");
        }

        void its_price_is_added_where_it_is_missed_and_shown_by_the_thousand_questions() {
            models.opensTheModel();
            models.turns("enabled");
            models.asksForItAsItIs();
            models.opensItsPrice();
            assertThat(page.locator("#price-provider").inputValue()).isEqualTo("openai-compatible");
            assertThat(page.locator("#price-model").inputValue()).isEqualTo(ModelRoom.MODEL);
            models.keepsThePrice("2", "8");

            // 1,500 tokens at 2 and 300 at 8 for a million are 0.0054.
            fact("每 1,000 个问题约").locator("dd:text-is('¥5.40')").waitFor();
            assertThat(models.theModel().innerText()).contains("启用");
        }

        void a_press_of_test_tells_first_words_tokens_and_cost() {
            var result = models.tests();
            assertThat(result.innerText()).contains(StubModel.ANSWER, "首字", "毫秒", "49 token", "费用 ¥0.00015");
            page.waitForCondition(() -> !fact("首字延迟").innerText().contains("–"));
            Watched.shot(page, "models-tested-zh-desktop");
        }

        void an_alias_is_added() {
            models.turnsTo(Tab.ALIASES);
            models.opensAnAlias();
            models.keepsTheAlias();
            models.turnsTo(Tab.DEPLOYMENTS);
            fact("所属别名").locator("dd:text-is('" + ModelRoom.ALIAS + "')").waitFor();
        }

        void an_assistant_answers_from_its_place_among_the_answer_sources() {
            page.locator(".rail nav a[href$='/plugins']").click();
            page.locator(".pills button").nth(2).click();
            page.locator(".add").click();
            models.visible(".el-dropdown-menu__item:has-text('AI 助手')").click();
            page.locator("#setting-alias").fill(ModelRoom.ALIAS);
            // Whoever asks the same has the model asked again.
            page.locator(".instance-dialog summary").first().click();
            page.locator(".el-switch:has(#setting-cache)").click();
            models.keeps();
            sources.last("ai").waitFor();
            assertThat(answer()).doesNotContain(StubModel.ANSWER);

            sources.movesUp("ai");
            sources.last("faq").waitFor();
            assertThat(answer()).contains(StubModel.ANSWER);
            Watched.shot(page, "responders-ordered-zh-desktop");
        }

        void an_assistant_is_dragged_to_another_place() {
            sources.letsGoOfByEscape("ai", "faq");
            assertThat(sources.order()).isEqualTo(List.of("ai", "faq"));

            sources.drags("ai", "faq");
            sources.last("ai").waitFor();
            assertThat(sources.order()).isEqualTo(List.of("faq", "ai"));
            assertThat(answer()).doesNotContain(StubModel.ANSWER);

            sources.drags("ai", "faq");
            page.reload();
            sources.last("faq").waitFor();
            assertThat(sources.order()).isEqualTo(List.of("ai", "faq"));
        }

        void a_desk_asks_only_models_that_stay_with_us() {
            models.enters();
            models.turnsTo(Tab.RULES);
            var desk = models.rulesOf(DESK);
            desk.waitFor();
            assertThat(desk.innerText()).contains("客户服务", "按默认规则", "同时 16 个问题", "请求数不限");
            models.opensTheRulesOf(DESK);
            page.locator("#desk-rules-concurrency").fill("0");
            models.turnsLocalOnly();
            assertThat(page.locator(".el-dialog .warn").innerText()).contains("得不到模型的回答");
            models.keeps();
            page.locator("#desk-rules-concurrency[aria-invalid=true]").waitFor();
            judge.sees("models-desk-rules-refused");
            page.locator("#desk-rules-concurrency").fill("4");
            models.keepsTheRules();

            page.reload();
            desk.waitFor();
            assertThat(desk.innerText()).contains("单独规则", "同时 4 个问题", "数据不出内网");
            assertThat(asked("/api/model-rules", "answer.desks"))
                    .isEqualTo(Map.of(
                            DESK,
                            Map.of(
                                    "concurrency", 4,
                                    "requestsPerMinute", 0,
                                    "tokensPerMinute", 0,
                                    "localOnly", true)));
            assertThat(answer()).doesNotContain(StubModel.ANSWER);
            judge.sees("models-rules");
        }

        void a_model_that_stays_with_us_has_its_own_deadlines_and_answers_that_desk() {
            models.turnsTo(Tab.DEPLOYMENTS);
            models.opensTheModel();
            assertThat(page.locator("#deployment-gapMs").getAttribute("placeholder"))
                    .isEqualTo("10");
            page.locator("#deployment-firstContentMs").fill("0.05");
            page.locator("#deployment-wholeMs").fill("60.5");
            models.visible(".el-dialog .switch:has-text('数据不出内网') .el-switch").click();
            models.keeps();
            page.locator("#deployment-firstContentMs[aria-invalid=true]").waitFor();
            judge.sees("models-deadline-refused");
            page.locator("#deployment-firstContentMs").fill("8");
            models.keepsTheModelAsItIs();

            assertThat(deadlines()).isEqualTo(List.of(true, 8_000, "usual", 60_500));
            page.reload();
            models.opensTheModel();
            assertThat(page.locator("#deployment-firstContentMs").inputValue()).isEqualTo("8");
            assertThat(page.locator("#deployment-gapMs").inputValue()).isEmpty();
            assertThat(page.locator("#deployment-wholeMs").inputValue()).isEqualTo("60.5");
            page.locator("#deployment-firstContentMs").fill("");
            models.keepsTheModelAsItIs();
            assertThat(deadlines()).isEqualTo(List.of(true, "usual", "usual", 60_500));
            assertThat(answer()).contains(StubModel.ANSWER);
        }

        void what_is_wrong_with_a_rule_for_all_questions_is_told_at_its_field() {
            models.turnsTo(Tab.RULES);
            page.locator("#rules-retries-attempts").fill("6");
            page.locator("#rules-bodyDays").fill("7");
            models.visible("main form .el-button").click();
            page.locator("#rules-retries-attempts[aria-invalid=true]").waitFor();
            assertThat(page.locator("#rules-retries-attempts-mark").innerText()).contains("1 到 5");
            assertThat(page.locator("#rules-bodyDays").inputValue()).isEqualTo("7");
            page.locator("#rules-retries-attempts").fill("2");
            page.waitForResponse(
                    answer -> answer.url().endsWith("/api/model-rules")
                            && answer.ok()
                            && answer.request().method().equals("PUT"),
                    () -> models.visible("main form .el-button").click());

            assertThat(asked(
                            "/api/model-rules",
                            "[answer.retries.attempts, answer.bodyDays, answer.desks.main.localOnly]"))
                    .isEqualTo(List.of(2, 7, true));
        }

        void a_number_by_which_the_hub_answers_is_changed_and_set_back() {
            page.locator("#answering-turn summary").click();
            assertThat(page.locator("#answering-turn-interim").getAttribute("placeholder"))
                    .isEqualTo("2.5");
            page.locator("#answering-turn-interim").fill("100");
            page.locator("#answering-turn button[type=submit]").click();
            page.locator("#answering-turn-interim[aria-invalid=true]").waitFor();
            assertThat(page.locator("#answering-turn-interim-mark").innerText()).contains("500ms 到 60s");
            judge.sees("models-answering-rule-refused");
            page.locator("#answering-turn-interim").fill("1.5");
            page.locator("#answering-turn button[type=submit]").click();
            page.waitForCondition(() -> interim().equals("1500ms"));

            page.reload();
            page.locator("#answering-turn .changed").waitFor();
            page.locator("#answering-turn summary").click();
            assertThat(page.locator("#answering-turn-interim").inputValue()).isEqualTo("1.5");
            page.locator("#answering-turn .line:has(#answering-turn-interim) .el-button")
                    .click();
            page.locator("#answering-turn button[type=submit]").click();
            page.waitForCondition(() -> interim().equals("2500ms"));
            page.locator("#answering-turn .changed").waitFor(GONE);
        }

        private Object interim() {
            return asked(
                    "/api/answering-rules",
                    "answer.groups.find(one => one.name === 'turn').rules.find(one => one.name === 'interim').value");
        }

        void another_currency_has_a_rate_and_a_desk_its_time_zone() {
            models.turnsTo(Tab.PRICES);
            models.addsARate("usd", "7.1");
            page.locator("main li[data-currency=USD]:has-text('7.1 CNY')").waitFor();
            assertThat(asked("/api/prices", "answer.rates.map(one => one.currency + ' ' + one.rate)"))
                    .isEqualTo(List.of("USD 7.1"));
            judge.sees("models-rates");

            models.turnsTo(Tab.BUDGETS);
            var zone = page.locator("#books-zone-of-" + DESK);
            zone.fill("Mars/Olympus");
            models.visible("main form .el-button").click();
            page.locator("main fieldset .bad").waitFor();
            assertThat(zone.inputValue()).isEqualTo("Mars/Olympus");
            judge.sees("models-zone-refused");
            zone.fill("Europe/Berlin");
            models.visible("main form .el-button").click();
            page.locator("main fieldset .bad").waitFor(GONE);
            page.waitForCondition(
                    () -> asked("/api/budgets", "answer.rules.deskZones").equals(Map.of(DESK, "Europe/Berlin")));
        }

        void rules_of_a_file_are_only_looked_at(Path file) throws IOException {
            Files.writeString(file, "modelRules: {bodyDays: 9, desks: {main: {requestsPerMinute: 90}}}\n");
            page.waitForCondition(
                    () -> asked("/api/model-rules", "answer.bodyDays").equals(9));
            models.turnsTo(Tab.RULES);
            page.reload();
            page.locator("main .managed").first().waitFor();

            assertThat(page.locator("main .managed").first().innerText()).contains("rules.yaml");
            assertThat(page.locator("#rules-bodyDays").inputValue()).isEqualTo("9");
            assertThat(page.locator("#rules-bodyDays").isDisabled()).isTrue();
            assertThat(page.locator("main form .el-button").count()).isZero();
            assertThat(models.rulesOf(DESK).innerText()).contains("每分钟 90 次请求", "单独规则");
            models.opensTheRulesOf(DESK);
            assertThat(page.locator("#desk-rules-concurrency").isDisabled()).isTrue();
            assertThat(page.locator(".el-dialog .el-button--primary").count()).isZero();
            judge.sees("models-rules-of-a-file");
        }

        private Object deadlines() {
            return asked(
                    "/api/deployments",
                    "answer.deployments.flatMap(one => [one.local, ...['firstContentMs', 'gapMs', 'wholeMs']"
                            + ".map(name => one[name] ?? 'usual')])");
        }

        /** A part of what the hub says at an address. */
        private Object asked(String address, String part) {
            return page.evaluate(
                    "() => fetch('" + address + "').then(answer => answer.json()).then(answer => " + part + ")");
        }

        void a_budget_shows_how_far_it_is_used() {
            models.enters();
            models.turnsTo(Tab.BUDGETS);
            models.opensABudget();
            models.keepsTheBudget("0.5");
            var budget = page.locator(BUDGET);
            assertThat(answer()).contains(StubModel.ANSWER);
            page.reload();
            budget.waitFor();
            assertThat(budget.innerText()).contains("每天 ¥0.50", "已用 ¥0.000", "共 ¥0.50");
            Watched.shot(page, "models-budget-zh-desktop");
        }

        void what_was_asked_is_plotted_and_can_be_read_as_a_table() {
            models.turnsTo(Tab.USAGE);
            page.locator("main canvas").first().waitFor();
            page.locator("main .pills button").nth(Tab.values().length).click();
            page.locator("main figure").nth(3).waitFor();
            assertThat(page.locator("main .figures").innerText()).contains("花费", "¥0.00", "调用");
            assertThat(page.locator("main section:has(h3:text-is('用途')) table").innerText())
                    .contains("回答客户", "测试");
            assertThat(page.locator("main section:has(h3:text-is('模型')) table").innerText())
                    .contains(ModelRoom.MODEL);
            Watched.shot(page, "models-usage-zh-desktop");
            plots.areDrawnAnewWhenItGetsDark();

            page.locator("main figure .icon-button").first().click();
            assertThat(page.locator("main figure table").first().innerText()).contains("¥0.00", ":00");
        }

        void what_is_done_is_what_the_plots_show() {
            plots.ofADay();
            var sources = plots.sums(UsagePlots.SOURCES);
            var refusals = plots.sums(UsagePlots.REFUSALS);
            var turns = plots.turns();
            assertThat(answer()).contains(StubModel.ANSWER);
            assertThat(List.of(answerTo("怎么退货"), answerTo("怎么退货"))).allMatch(text -> text.contains("退货"));
            answerTo("转人工");
            page.waitForCondition(() -> plots.turns() == turns + 4);

            plots.ofADay();
            assertThat(plots.sums(UsagePlots.SOURCES))
                    .isEqualTo(UsagePlots.with(sources, Map.of("模型", 1L, "知识库（未用模型）", 2L, "机器人未作答", 1L)));
            assertThat(plots.sums(UsagePlots.REFUSALS)).isEqualTo(UsagePlots.with(refusals, Map.of("客户要求人工", 1L)));
            assertThat(plots.table(UsagePlots.FIRST_WORDS)).isNotEmpty().isEqualTo(plots.firstWords());
        }

        void a_budget_that_is_used_up_calls_a_person_and_stops_the_model() {
            var badge = page.locator(".rail a[href$='/models'] .badge");
            assertThat(badge.count()).isZero();
            models.turnsTo(Tab.BUDGETS);
            page.locator(BUDGET + " .tools .icon-button").first().click();
            models.keepsTheBudget("0.0002");
            badge.waitFor();

            assertThat(badge.innerText()).contains("1 个模型或预算需要处理");
            assertThat(answer()).doesNotContain(StubModel.ANSWER);
            models.turnsTo(Tab.ALIASES);
            assertThat(page.locator("main .wants").innerText()).contains("1 个预算已用到 80% 以上");
            page.locator("main .wants a").click();
            page.locator(BUDGET + " .danger").waitFor();
            page.reload();
            page.locator("main .alerts").waitFor();
            assertThat(page.locator("main .alerts").innerText()).contains("100 %", "部门 客户服务（每天）");
        }

        private Locator fact(String name) {
            return page.locator("article dl > div:has(dt:text-is('" + name + "'))");
        }

        /** What somebody new who asks now is told. */
        private String answer() {
            return answerTo("茶叶");
        }

        private String answerTo(String question) {
            var visitor = Visitor.of(hub);
            visitor.says(question);
            return visitor.hearsFromTheHub(1).getFirst();
        }
    }
}
