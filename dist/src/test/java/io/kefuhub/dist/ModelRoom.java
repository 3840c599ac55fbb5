package io.kefuhub.dist;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Locale;

/** Somebody who sets models up at the console, in Chinese: forms are opened, then filled and kept. */
final class ModelRoom {
    static final String JAR = "ai-openai-1.0.0.jar";
    static final String MODEL = "stub";
    static final String ALIAS = "support-default";

    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);

    final Page page;

    ModelRoom(Page page) {
        this.page = page;
    }

    /** The tabs, in their order. */
    enum Tab {
        DEPLOYMENTS,
        ALIASES,
        RULES,
        BUDGETS,
        PRICES,
        USAGE
    }

    void enters() {
        page.locator(".rail nav a[href$='/models']").click();
        page.waitForURL("**/models**");
        page.locator(".pills button").nth(Tab.USAGE.ordinal()).waitFor();
    }

    void turnsTo(Tab tab) {
        page.locator(".pills button").nth(tab.ordinal()).click();
        page.waitForURL("**/models/" + tab.name().toLowerCase(Locale.ROOT));
    }

    void opensAnAccount() {
        page.locator(".add").click();
        visible(".el-dropdown-menu__item:has-text('OpenAI 兼容服务')").click();
        page.locator("#setting-address").waitFor();
    }

    /** Keeps the account; the form of its first model opens by itself. */
    void keepsTheAccount(String address) {
        page.locator("#setting-address").fill(address);
        page.locator("#setting-key").fill("sk-secret-of-the-stub");
        keeps();
        page.locator("#deployment-model").waitFor();
    }

    /** Wants the model on, which nobody has said a price of. */
    Locator asksForTheModel() {
        page.locator("#deployment-model").fill(MODEL);
        return asksForItAsItIs();
    }

    /** Gives what is said about its price. */
    Locator asksForItAsItIs() {
        keeps();
        var mark = page.locator("#deployment-unpriced-mark");
        mark.waitFor();
        return mark;
    }

    /** Opens the form of the price that is missed; when it is kept, the model is too. */
    void opensItsPrice() {
        page.locator("#deployment-unpriced-mark + .el-button").click();
        page.locator("#price-provider").waitFor();
    }

    /** Turns a switch in the form of the model. */
    void turns(String flag) {
        visible(".el-switch:has(#deployment-" + flag + ")").click();
    }

    void keepsTheModel() {
        keeps();
        theModel().waitFor();
    }

    /** Its card. */
    Locator theModel() {
        return page.locator("article:has(h3:text-is('" + MODEL + "'))");
    }

    void opensAPrice() {
        visible(".el-button--primary:has-text('添加价格')").click();
        page.locator("#price-provider").waitFor();
    }

    /** Unfolds fields of a price that few need. */
    Locator unfolds(String title) {
        var group = page.locator(".el-dialog details:has(summary:has-text('" + title + "'))");
        if (group.getAttribute("open") == null) group.locator("summary").click();
        return group;
    }

    void keepsThePrice(String input, String output) {
        page.locator("#price-provider").fill("openai-compatible");
        page.locator("#price-model").fill(MODEL);
        page.locator("#price-input").fill(input);
        page.locator("#price-output").fill(output);
        keeps();
        page.locator("#price-provider").waitFor(GONE);
    }

    void opensAnAlias() {
        visible(".el-button--primary:has-text('添加别名')").click();
        page.locator("#alias-name").waitFor();
    }

    void keepsTheAlias() {
        page.locator("#alias-name").fill(ALIAS);
        chooses("#alias-models", MODEL);
        keeps();
        page.locator("li .name:text-is('" + ALIAS + "')").waitFor();
    }

    void addsARate(String currency, String rate) {
        visible("main header .el-button:has-text('添加汇率')").click();
        page.locator("#rate-currency").fill(currency);
        page.locator("#rate-rate").fill(rate);
        keeps();
        page.locator("#rate-currency").waitFor(GONE);
    }

    /** What a desk may ask; the usual desk has no key. */
    Locator rulesOf(String desk) {
        return page.locator("main li[data-desk='" + desk + "']");
    }

    void opensTheRulesOf(String desk) {
        rulesOf(desk).locator(".tools .icon-button").last().click();
        page.locator("#desk-rules-concurrency").waitFor();
    }

    void turnsLocalOnly() {
        visible(".el-switch:has(#desk-rules-localOnly)").click();
    }

    void keepsTheRules() {
        keeps();
        page.locator("#desk-rules-concurrency").waitFor(GONE);
    }

    void opensTheModel() {
        visible("article footer .tools .icon-button").click();
        page.locator("#deployment-model").waitFor();
    }

    void keepsTheModelAsItIs() {
        keeps();
        page.locator("#deployment-model").waitFor(GONE);
    }

    void opensABudget() {
        visible(".el-button--primary:has-text('添加预算')").click();
        page.locator("#budget-amount").waitFor();
    }

    /** Of the first desk and a day, as the form proposes. */
    void keepsTheBudget(String amount) {
        page.locator("#budget-amount").fill(amount);
        keeps();
        page.locator("#budget-amount").waitFor(GONE);
    }

    /** Presses test on the only model; what came of it is shown by its card. */
    Locator tests() {
        visible("article .el-button:has-text('测试')").click();
        var result = page.locator("article .result");
        result.waitFor();
        return result;
    }

    /** Presses save in the dialog that is on top. */
    void keeps() {
        page.locator(".el-dialog .el-button--primary")
                .locator("visible=true")
                .last()
                .click();
    }

    void chooses(String select, String option) {
        page.locator(".el-select:has(" + select + ")").click();
        visible(".el-select-dropdown__item:has-text('" + option + "')").click();
    }

    Locator visible(String selector) {
        return page.locator(selector).locator("visible=true").first();
    }
}
