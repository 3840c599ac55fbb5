package io.kefuhub.dist;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.Map;

/** Somebody at the page of a simulator, who plays the platform's console and a customer. */
final class PlatformPage {
    final Page page;

    PlatformPage(Page page, String address) {
        this.page = page;
        page.navigate(address);
        page.locator("#surfaces button").first().waitFor();
    }

    /** One of the ways to reach customers, by its place on the page. */
    void turnsTo(int surface) {
        page.locator("#surfaces button").nth(surface).click();
        page.locator("#surfaces button")
                .nth(surface)
                .and(page.locator("[aria-current=true]"))
                .waitFor();
    }

    /** What the page says is to be entered for it in the hub, by the name of the setting. */
    Map<String, String> toEnter(int surface) {
        page.locator("#enter").click();
        var rows = page.locator("#setupbody table").nth(surface).locator("tr");
        var fields = new LinkedHashMap<String, String>();
        for (var row : rows.all()) {
            var cells = row.locator("td");
            fields.put(cells.nth(0).innerText(), cells.nth(1).innerText());
        }
        page.keyboard().press("Escape");
        return fields;
    }

    /** Pastes the hub's address and has it prove itself, as a platform's console does. */
    void verifies(String callback) {
        page.locator("#address").fill(callback);
        page.locator("#hub button").first().click();
        page.locator("#verify").click();
        page.locator("#verified:text-is('回调地址验证通过。')").waitFor();
    }

    /** Looks whether the hub has connected. */
    void seesIt(String note) {
        page.locator("#journal .what:has-text('" + note + "')").first().waitFor();
        page.locator("#connected").click();
        page.locator("#verified:text-is('系统已连接。')").waitFor();
    }

    void says(String text) {
        page.locator("#text").fill(text);
        page.locator("#text").press("Enter");
        page.locator("article.CUSTOMER", new Page.LocatorOptions().setHasText(text))
                .last()
                .waitFor();
    }

    /** What the hub says, once it is whole. */
    Locator heard(String text) {
        return page.locator("article.HUB:not(:has(.growing))", new Page.LocatorOptions().setHasText(text))
                .last();
    }
}
