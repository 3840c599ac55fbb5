package io.kefuhub.dist;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** An agent at the console. */
final class Desk {
    private static final String SAID = """
            rows => rows.map(row => [...row.classList].find(one => ['customer', 'bot', 'agent'].includes(one)) + ': '
                + (row.querySelector('.bubble img')?.alt ?? row.querySelector('.bubble').innerText))""";

    final Page page;

    Desk(Page page, URI console) {
        this.page = page;
        page.navigate(console.toString());
    }

    void signsIn(String name, String oneTimePassword, String password) {
        arrives(name, oneTimePassword);
        page.waitForURL("**/password");
        chooses(oneTimePassword, password, "李娜");
    }

    void arrives(String name, String password) {
        page.locator("#sign-in-name").fill(name);
        page.locator("#sign-in-password").fill(password);
        page.locator("button[type=submit]").click();
    }

    void chooses(String oneTimePassword, String password, String publicName) {
        page.locator("#public-name").fill(publicName);
        page.locator("#old-password").fill(oneTimePassword);
        page.locator("#new-password").fill(password);
        page.locator("#again-password").fill(password);
        page.locator("button[type=submit]").click();
        page.waitForURL("**/inbox/**");
    }

    void looksAt(String view) {
        page.locator("#tab-" + view).click();
        page.waitForURL("**/inbox/" + view + "**");
    }

    Locator waiting() {
        return page.locator("#inbox-list .row");
    }

    void opensAndTakes() {
        waiting().first().click();
        takes();
    }

    void takes() {
        page.locator("header .actions .el-button--primary").click();
        field().waitFor();
    }

    /** The answer that the bot is making. */
    Locator growing() {
        return page.locator("[data-growing]");
    }

    Locator whyOfTheBot(String answer) {
        var row = page.locator(".message.bot", new Page.LocatorOptions().setHasText(answer))
                .first();
        row.locator(".why").click();
        return page.locator(".el-popover .trace").locator("visible=true");
    }

    void goesToTheEnd() {
        page.locator(".talk .down").click();
        page.locator(".talk .down").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    void types(String text) {
        field().fill(text);
    }

    void replies(String text) {
        types(text);
        field().press("Enter");
        heard("agent", text).waitFor();
    }

    void sendsPicture(String name, byte[] png) {
        page.locator(".composer input[type=file]").setInputFiles(new FilePayload(name, "image/png", png));
        page.locator(".composer li img").waitFor();
        page.locator(".composer .send:not([disabled])").click();
        picture(name).waitFor();
    }

    Locator picture(String name) {
        return page.locator(".message.agent .picture img[alt='" + name + "']");
    }

    /** Whether the furthest things on the right are in sight. */
    boolean isWithinItsWindow() {
        return Stream.of(
                        page.locator(".composer .send"),
                        page.locator("header .actions button").last())
                .map(Locator::boundingBox)
                .allMatch(box -> box.x + box.width <= page.viewportSize().width);
    }

    Locator heard(String author, String text) {
        return page.locator(".message." + author, new Page.LocatorOptions().setHasText(text))
                .last();
    }

    /** What the customer's last message stands under. */
    Locator quote() {
        return page.locator(".message.customer").last().locator(".quote");
    }

    /** The stars at an answer of the bot. */
    Locator starsOfTheBot(String answer) {
        return page.locator(".message.bot", new Page.LocatorOptions().setHasText(answer))
                .first()
                .locator(".rating .stars");
    }

    /** The mark at what this side said last. */
    Locator readMark() {
        return page.locator(".message.agent").last().locator(".mark.read");
    }

    Locator customerTypes() {
        return page.locator(".timeline .dots");
    }

    Locator lostLine() {
        return page.locator(".shell .line");
    }

    void closes() {
        page.locator("header .actions .el-button").last().click();
        page.locator(".el-message-box .el-button--primary").click();
    }

    @SuppressWarnings("unchecked")
    List<String> everythingSaid() {
        return (List<String>) page.locator(".timeline .message").evaluateAll(SAID);
    }

    private Locator field() {
        return page.locator(".composer textarea");
    }
}
