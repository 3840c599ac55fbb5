package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Map;

/** An admin at the page of channels who adds one by its form. */
final class ChannelForm {
    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);

    private final Page page;

    ChannelForm(Page page) {
        this.page = page;
    }

    void opens(String kind) {
        page.locator(".rail nav a[href$='/channels']").click();
        page.locator(".add").click();
        visible(".el-dropdown-menu__item:text-is('" + kind + "')").click();
        page.locator("#instance-title").waitFor();
    }

    /** Chooses by what people read. */
    void chooses(String setting, String label) {
        page.locator(".el-select:has(#setting-" + setting + ")").click();
        visible(".el-select-dropdown__item:has-text('" + label + "')").click();
        page.locator(".el-select:has(#setting-" + setting + "):has-text('" + label + "')")
                .waitFor();
    }

    void fills(Map<String, String> values) {
        values.forEach(this::fills);
    }

    /** A setting that is seldom needed lies folded. */
    private void fills(String setting, String value) {
        var field = page.locator("#setting-" + setting);
        field.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        if (!field.isVisible()) page.locator(".instance-dialog summary").click();
        field.fill(value);
    }

    /** Has a wrong value looked at, which is named in the reader's language, then puts it right. */
    void isToldOf(String setting, String wrong, String right, String words) {
        fills(setting, wrong);
        checks();
        var mark = page.locator("#setting-" + setting + "-mark");
        mark.waitFor();
        assertThat(mark.innerText()).contains(words).doesNotContain("wrong", " / ");
        assertThat(page.locator("#setting-" + setting).getAttribute("aria-invalid"))
                .isEqualTo("true");
        assertThat(page.locator(".instance-dialog [role=alert]").count()).isEqualTo(1);

        fills(setting, right);
        checks();
        page.locator(".instance-dialog .fine svg").waitFor();
    }

    private void checks() {
        page.locator(".instance-dialog .el-dialog__footer button").nth(1).click();
    }

    /** Keeps a channel that a platform calls, and gives the address to paste there. */
    String isGivenAnAddress() {
        saves();
        var address = page.locator(".instance-dialog .addresses .mono");
        address.waitFor();
        page.waitForCondition(() -> isInSight(address));
        return address.innerText();
    }

    private static boolean isInSight(Locator found) {
        return (Boolean) found.evaluate("""
                it => {
                    const box = it.getBoundingClientRect()
                    return document.elementFromPoint(box.left + 2, box.top + box.height / 2) === it
                }""");
    }

    void closes() {
        page.locator(".instance-dialog .el-dialog__footer button").first().click();
        page.locator(".instance-dialog").waitFor(GONE);
    }

    /** Keeps a channel that connects by itself: nothing is left to be done. */
    void isDone() {
        saves();
        page.locator(".instance-dialog").waitFor(GONE);
    }

    private void saves() {
        page.locator(".instance-dialog .el-button--primary").click();
    }

    private Locator visible(String selector) {
        return page.locator(selector).locator("visible=true").first();
    }
}
