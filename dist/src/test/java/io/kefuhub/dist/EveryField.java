package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** A form with a field of each type, at the page of plugins: filled, kept, opened again in either language, kept again. */
final class EveryField {
    private static final String CARD = "article[data-plugin=" + FormPlugin.ID + "]";
    private static final String SECRET = "s3cret-of-the-form";
    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);

    private final Page page;
    private final Supplier<String> answer;

    /** @param answer asks as a visitor and gives what comes */
    EveryField(Page page, Supplier<String> answer) {
        this.page = page;
        this.answer = answer;
    }

    void is_filled_kept_and_opened_again_in_both_languages() {
        FilesOnPage.choose(page, FormPlugin.built());
        var asking = page.locator(CARD + " [data-asks='1.0.0']");
        asking.waitFor();
        assertThat(asking.innerText()).contains("使用密钥等机密设置");
        asking.locator(".el-button--primary").click();
        page.locator(CARD + "[data-state=serving]").waitFor();

        fills();
        assertThat(answer.get()).contains(told("7"));
        assertThat(labels()).contains("备注", "令牌", "上限", "间隔", "方式", "原因", "词表", "说法", "大声", "附件", "地址");
        keepsWhatItHad("zh-CN");
        Watched.shot(page, "plugins-form-zh-desktop");
        page.keyboard().press("Escape");

        speaks("English");
        assertThat(labels())
                .contains(
                        "Note", "Token", "At most", "Rest", "Mode", "Reason", "Words", "Sayings", "Loud", "Paper",
                        "Place");
        keepsWhatItHad("en");
        Watched.shot(page, "plugins-form-en-desktop");
        field("most").fill("8");
        keeps();
        assertThat(answer.get()).contains(told("8"));
        speaks("中文");

        assertThat(page.evaluate("() => fetch('/api/instances').then(answer => answer.text())")
                        .toString())
                .contains("\"form\"", "\"token\"")
                .doesNotContain(SECRET);
    }

    private void fills() {
        page.locator(CARD + " .chip .icon-button").click();
        field("note").fill("好");
        field("token").fill(SECRET);
        field("most").fill("seven");
        field("rest").fill("90s");
        assertThat(field("reason").count()).isZero();
        page.locator(".el-select:has(#setting-mode)").click();
        visible(".el-select-dropdown__item:has-text('strict')").click();
        field("reason").fill("!");
        field("words").fill("one\ntwo");
        visible(".instance-dialog summary").click();
        saying().fill("您好");
        page.locator(".el-switch:has(#setting-loud)").click();
        page.locator(".el-dialog .file input[type=file]")
                .setInputFiles(new FilePayload("paper.txt", "text/plain", "on paper".getBytes(StandardCharsets.UTF_8)));
        page.locator(".el-dialog .file .clip:has-text('paper.txt')").waitFor();
        field("place").fill("https://form.example.com/v1");
        visible(".el-dialog .el-button--primary").click();
        page.locator("#setting-most[aria-invalid=true]").waitFor();
        field("most").fill("7");
        keeps();
    }

    private void keepsWhatItHad(String language) {
        assertThat(field("note").inputValue()).isEqualTo("好");
        assertThat(field("token").inputValue()).isEmpty();
        assertThat(field("most").inputValue()).isIn("7", "8");
        assertThat(field("rest").inputValue()).isEqualTo("90s");
        assertThat(page.locator(".el-select:has(#setting-mode)").innerText()).contains("strict");
        assertThat(field("reason").inputValue()).isEqualTo("!");
        assertThat(field("words").inputValue()).isEqualTo("one\ntwo");
        assertThat(saying().inputValue()).isEqualTo(language.equals("zh-CN") ? "您好" : "");
        assertThat(page.locator("#setting-loud").isChecked()).isTrue();
        assertThat(page.locator(".el-dialog .file .clip").innerText()).isNotBlank();
        assertThat(field("place").inputValue()).isEqualTo("https://form.example.com/v1");
    }

    /** Opens the form, and gives what stands at its fields. */
    private String labels() {
        page.locator(CARD + " button.chip").click();
        field("note").waitFor();
        return page.locator(".instance-dialog form").innerText();
    }

    private void keeps() {
        visible(".el-dialog .el-button--primary").click();
        field("note").waitFor(GONE);
        page.locator(CARD + " button.chip").waitFor();
    }

    private void speaks(String language) {
        field("note").waitFor(GONE);
        page.locator(".rail .me").click();
        visible(".switches .pills button:has-text('" + language + "')").click();
        page.keyboard().press("Escape");
    }

    private static String told(String most) {
        return "<好|token of " + SECRET.length() + "|" + most
                + "|PT1M30S|strict!|[one, two]|{zh-CN={hello=您好}}|true|paper|form.example.com>";
    }

    private Locator field(String key) {
        return page.locator("#setting-" + key);
    }

    private Locator saying() {
        return page.locator("[data-texts=sayings] [data-text=hello] input");
    }

    private Locator visible(String selector) {
        return page.locator(selector).locator("visible=true").first();
    }
}
