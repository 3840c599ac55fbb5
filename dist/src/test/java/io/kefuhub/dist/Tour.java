package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.kefuhub.dist.Judge.Guise;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Leads an owner through every page of the console and whatever opens on it; a judge looks at each. The owner has one
 * conversation, one waits, and a filter holds one message.
 */
final class Tour {
    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);

    private final Page page;
    private final List<String> faults;
    private final Judge.Speech speech;
    private final Judge judge;
    private final String model;

    /** @param model where a model can be asked */
    Tour(Page page, Judge.Speech speech, List<String> faults, String model) {
        this.model = model;
        this.page = page;
        this.speech = speech;
        this.faults = faults;
        this.judge = new Judge(page.mainFrame(), speech, faults, Guise.FOR_PAGES);
    }

    void throughEverything() {
        inbox();
        conversation();
        shell();
        review();
        knowledge();
        people();
        channels();
        plugins();
        models();
        audit();
        settings();
        drafts();
        page.locator(".rail .me").click();
        visible(".el-dropdown-menu__item").click();
        page.locator("#old-password").waitFor();
        judge.sees("password");
        page.navigate(page.url().replace("/password", "/nowhere"));
        page.locator(".empty").waitFor();
        judge.sees("not-found");
    }

    private void inbox() {
        goes("inbox", "#inbox-list .row");
        judge.sees("inbox-mine");
        page.locator("#tab-all").click();
        page.waitForURL("**/inbox/all**");
        page.locator("#inbox-list .row").nth(1).waitFor();
        judge.sees("inbox-all");
        page.locator("#tab-waiting").click();
        page.waitForURL("**/inbox/waiting**");
        page.locator("#inbox-list .row").first().click();
        page.locator(".message.bot").first().waitFor();
        judge.sees("conversation-waiting");
        page.locator(".message.bot .why").first().click();
        visible(".el-popover .trace").waitFor();
        judge.sees("conversation-trace", ".el-popover");
        page.locator(".timeline .hint").first().click();
    }

    private void conversation() {
        page.locator("#tab-mine").click();
        page.waitForURL("**/inbox/mine**");
        page.locator("#inbox-list .row").first().click();
        page.locator(".message.agent").first().waitFor();
        page.locator(".composer input[type=file]").setInputFiles(file("保修说明.txt", "text/plain", "两年"));
        page.locator(".composer li button").first().waitFor();
        judge.sees("conversation-mine");
        page.locator(".composer li button").first().click();
        page.locator(".composer .pills button").nth(1).click();
        page.locator(".composer.note textarea").fill("VIP");
        judge.sees("conversation-note", ".composer");
        page.locator("header .actions .el-button").last().click();
        page.locator(".el-message-box").waitFor();
        judge.sees("conversation-close", ".el-message-box");
        page.keyboard().press("Escape");
        on(Guise.ZH_DARK_PHONE, "customer", "header .actions .icon-button", ".who");
    }

    /** What belongs to no room: the sheet of keys, and the account's menu at either width. */
    private void shell() {
        goes("inbox", "#inbox-list .row");
        page.keyboard().press("?");
        page.locator(".el-dialog kbd").first().waitFor();
        judge.sees("keys", ".el-dialog");
        page.keyboard().press("Escape");
        on(Guise.ZH_LIGHT_DESK, "account", ".rail .me", ".el-dropdown-menu");
        on(Guise.EN_LIGHT_PHONE, "account", ".tabs .me", ".el-dropdown-menu");
    }

    /** Only the keys are used to decide. */
    private void review() {
        goes("review", ".review .row");
        judge.sees("review");
        page.keyboard().press("j");
        page.locator(".review mark").waitFor();
        assertThat(page.locator(".review mark").innerText()).isEqualTo("外*挂");
        judge.sees("review-held");
        page.keyboard().press("m");
        page.locator(".el-dialog textarea").waitFor();
        assertThat(page.locator(".el-dialog textarea").inputValue()).isEqualTo("你们卖***吗");
        judge.sees("review-mask", ".el-dialog:has(textarea)");
        page.keyboard().press("Escape");
        page.locator(".el-dialog textarea").waitFor(GONE);
        page.keyboard().press("x");
        page.locator(".el-message-box").waitFor();
        judge.sees("review-refuse", ".el-message-box");
        page.keyboard().press("Escape");
        page.locator(".el-message-box").waitFor(GONE);
        page.keyboard().press("r");
        page.locator(".review .empty").waitFor();
        page.locator(".rail nav a[href$='/review'] .badge").waitFor(GONE);
        judge.sees("review-nothing");
        page.locator(".review .rules").click();
        page.locator("tbody tr").waitFor();
        judge.sees("review-rules");
    }

    private void knowledge() {
        goes("knowledge", ".question");
        page.locator(".search input").fill("退货");
        page.waitForCondition(() -> page.locator(".question").count() < 15);
        page.locator(".panel form > .el-input input").fill("我要怎么退货");
        page.locator(".panel button[type=submit]").click();
        page.locator(".panel .result").waitFor();
        judge.sees("knowledge");
        page.locator(".actions .el-button").nth(2).click();
        page.locator(".el-dialog input[type=file]")
                .setInputFiles(file("k.csv", "text/csv", "question,answer\na,b\nc,\n"));
        visible(".el-dialog dl").waitFor();
        judge.sees("knowledge-import", ".el-dialog");
        page.keyboard().press("Escape");
        page.locator(".pills button").nth(1).click();
        page.locator(".documents input[type=file]")
                .setInputFiles(file("保修.md", "text/markdown", "# 保修\n\n营地灯保修两年，电池保修一年。"));
        page.locator(".documents .state.ok").first().waitFor();
        judge.sees("documents");
        page.locator(".documents .name").first().click();
        page.locator(".chunks .text").first().waitFor();
        judge.sees("document");
        page.goBack();
        page.locator(".pills button").nth(3).click();
        page.locator(".empty, .proposal").first().waitFor();
        judge.sees("proposals");
        page.locator(".pills button").nth(2).click();
        page.locator("li .question").first().waitFor();
        judge.sees("knowledge-unanswered");
        page.locator(".pills button").nth(0).click();
        page.locator(".question").first().click();
        page.locator("#entry-answer").waitFor();
        judge.sees("entry");
    }

    private void people() {
        room("people", "li .name");
        page.locator(".actions .el-button--primary").click();
        page.locator("#person-name").fill("周到");
        page.locator("#person-login").fill("zhou.dao");
        judge.sees("people-invite", ".el-dialog");
        visible(".el-dialog .el-button--primary").click();
        page.locator(".copy.large").first().waitFor();
        judge.sees("people-invited", ".el-dialog");
        page.keyboard().press("Escape");
    }

    /** The first start fills a page with knowledge; one subject's entries look like all others. */
    private void audit() {
        goes("audit", "li time");
        for (var line : page.locator("li .what p:first-child").allInnerTexts()) {
            if (line.matches(".*[a-z]\\.[a-z-]+")) faults.add("audit has no words for: " + line);
        }
        page.locator("li .subject").first().click();
        page.waitForCondition(() -> page.locator("li time").count() < 20);
        judge.sees("audit");
    }

    private void channels() {
        room("channels", "article");
        page.locator(".actions .add").click();
        dialog("channel-add");
        page.locator("article .tools .icon-button").first().click();
        dialog("channel-edit");
    }

    /** Sets a model up, form by form. */
    private void models() {
        var models = new ModelRoom(page);
        goes("models", ".empty");
        judge.sees("models-empty");
        models.opensAnAccount();
        judge.sees("model-account", ".el-dialog");
        models.keepsTheAccount(model);
        judge.sees("model-add", ".el-dialog");
        models.asksForTheModel();
        judge.sees("model-without-price", ".el-dialog");
        models.opensItsPrice();
        models.keepsThePrice("2", "8");
        models.theModel().waitFor();
        models.turnsTo(ModelRoom.Tab.PRICES);
        page.locator("main li summary").first().click();
        page.locator("main li .terms").first().waitFor();
        judge.sees("model-prices");
        models.opensAPrice();
        judge.sees("model-price", ".el-dialog");
        for (var group : List.of("推理与缓存写入", "倍率与附加费用", "有效期与其他名称")) models.unfolds(group);
        models.unfolds("分时段价格").locator(".add").click();
        models.unfolds("长提示词阶梯价").locator(".add").click();
        models.keeps();
        page.locator("#price-tiers-0-above[aria-invalid=true]").waitFor();
        judge.sees("model-price-marked", ".el-dialog");
        page.keyboard().press("Escape");
        page.locator("#price-provider").waitFor(GONE);
        for (var rate : List.of("71", "7.1")) {
            page.locator("li[data-currency=USD] .icon-button").first().click();
            page.locator("#rate-rate").fill(rate);
            judge.sees("model-rate", ".el-dialog");
            models.keeps();
            page.locator("#rate-rate").waitFor(GONE);
        }
        page.locator("li[data-currency=USD] summary").click();
        page.locator("li[data-currency=USD] .others").scrollIntoViewIfNeeded();
        judge.sees("model-rates");
        models.turnsTo(ModelRoom.Tab.ALIASES);
        models.opensAnAlias();
        judge.sees("model-alias", ".el-dialog");
        models.keepsTheAlias();
        judge.sees("model-aliases");
        models.turnsTo(ModelRoom.Tab.RULES);
        models.opensTheRulesOf("main");
        models.turnsLocalOnly();
        judge.sees("model-desk-rules", ".el-dialog");
        page.keyboard().press("Escape");
        page.locator("#desk-rules-concurrency").waitFor(GONE);
        judge.sees("model-rules");
        models.turnsTo(ModelRoom.Tab.BUDGETS);
        models.opensABudget();
        judge.sees("model-budget", ".el-dialog");
        models.keepsTheBudget("50");
        judge.sees("model-budgets");
        models.turnsTo(ModelRoom.Tab.DEPLOYMENTS);
        models.tests();
        judge.sees("models");
        models.turnsTo(ModelRoom.Tab.USAGE);
        page.locator("main canvas").first().waitFor();
        judge.sees("model-usage");
    }

    /** With a token for another program, and the model that proposes words to agents from here on. */
    private void settings() {
        room("settings", ".problems li");
        page.locator(".head .el-button").click();
        page.locator("#token-name").fill("网店后台");
        judge.sees("token-add", ".el-dialog");
        visible(".el-dialog .el-button--primary").click();
        visible(".el-dialog .copy.boxed").waitFor();
        judge.sees("token-secret", ".el-dialog");
        visible(".el-dialog .el-button--primary").click();
        page.locator(".el-select:has(#settings-draft-alias)").click();
        visible(".el-select-dropdown__item:has-text('" + ModelRoom.ALIAS + "')").click();
        page.locator("form .el-button--primary").first().click();
        page.locator(".el-message--success").last().waitFor();
        judge.sees("settings-tokens");
    }

    /** What a model proposes to an agent, and what an agent thinks of an answer. */
    private void drafts() {
        goes("inbox", "#inbox-list .row");
        page.locator("#tab-waiting").click();
        page.waitForURL("**/inbox/waiting**");
        page.locator("#inbox-list .row").first().click();
        page.locator(".message.bot").first().waitFor();
        page.locator("header .actions .el-button--primary").click();
        // Whoever takes over what has become long is told what it is about.
        page.locator(".summary .text").waitFor();
        page.locator(".composer textarea").fill("营地灯两年保修");
        var menu = page.locator(".composer .tools .icon-button").nth(1);
        menu.click();
        visible(".el-dropdown-menu .wish").waitFor();
        judge.sees("draft-menu", ".el-dropdown-menu");
        page.keyboard().press("Escape");
        var takeBack = page.locator(".composer .line .text-button:has(svg)");
        for (var wish : List.of("润色", "精简", "翻译", "草拟回复")) {
            if (takeBack.count() > 0) takeBack.click();
            menu.click();
            visible(".el-dropdown-menu .wish:has(b:text-is('" + wish + "'))").click();
            takeBack.waitFor();
        }
        page.locator(".message.bot .opinion button").first().click();
        page.locator(".message.bot .opinion button[aria-pressed=true]").first().waitFor();
        judge.sees("conversation-drafts");
        page.locator(".message.bot .opinion button").nth(2).click();
        visible(".el-dialog textarea").waitFor();
        judge.sees("correction", ".el-dialog");
        page.keyboard().press("Escape");
    }

    private void plugins() {
        room("plugins", "article");
        page.locator("article summary").first().click();
        page.locator("article summary").nth(1).click();
        page.locator("article .activation").first().waitFor();
        judge.sees("plugin-open", "article");
        page.locator("article .tools .el-button").first().click();
        visible(".el-message-box").waitFor();
        judge.sees("plugin-off", ".el-message-box");
        page.keyboard().press("Escape");
        module();
        page.locator(".pills button").nth(1).click();
        page.locator(".add").click();
        visible(".el-dropdown-menu__item:has-text('盖章')").click();
        page.locator(".el-dialog__footer .el-button").nth(1).click();
        page.locator("#setting-word[aria-invalid=true]").waitFor();
        judge.sees("filter-marked", ".el-dialog");
        page.locator("#setting-word").fill("good");
        page.locator(".el-dialog .el-button--primary").click();
        page.locator("li[data-key=stamp]").waitFor();
        judge.sees("filters");
        page.locator(".pills button").nth(2).click();
        page.waitForURL("**/plugins/responders");
        judge.sees("responders");
    }

    /** A WASM module that wrote something down, in a hub that only interprets. */
    private void module() {
        page.locator("p.slow").waitFor();
        var card = "article[data-plugin=mask-phone-numbers]";
        page.locator(card + " summary").last().click();
        page.locator(card + " .log li").first().waitFor();
        page.locator(card).scrollIntoViewIfNeeded();
        judge.sees("plugin-module");
    }

    /** Looks at the form that has been opened. */
    private void dialog(String name) {
        visible(".el-dialog #instance-title").waitFor();
        judge.sees(name, ".el-dialog");
        page.keyboard().press("Escape");
        page.locator(".el-dialog #instance-title").waitFor(GONE);
    }

    private void room(String name, String ready) {
        goes(name, ready);
        judge.sees(name);
    }

    private void goes(String name, String ready) {
        page.locator(".rail nav a[href$='/" + name + "']").click();
        page.waitForURL("**/" + name + "**");
        page.locator(ready).first().waitFor();
    }

    /** Opens what looks different, or is there only, in one guise. */
    private void on(Guise guise, String name, String button, String part) {
        var one = new Judge(page.mainFrame(), speech, faults, guise);
        one.wears(guise);
        page.locator(button).click();
        visible(part).waitFor();
        one.sees(name);
        page.keyboard().press("Escape");
        judge.wears(Guise.ZH_LIGHT_DESK);
    }

    private Locator visible(String selector) {
        return page.locator(selector).locator("visible=true").first();
    }

    private static FilePayload file(String name, String type, String content) {
        return new FilePayload(name, type, content.getBytes(StandardCharsets.UTF_8));
    }
}
