package io.kefuhub.dist;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A visitor of the demo shop with the widget open. */
final class Customer {
    private static final Pattern CHAT = Pattern.compile(".*/widget/1/wk_demo/frame.*");
    /** Who spoke and what they said, one line each; pictures by their name. */
    private static final String SAID = """
            rows => rows.map(row => [...row.classList].find(one => ['own', 'bot', 'agent', 'hub'].includes(one)) + ': '
                + [...row.querySelectorAll('.bubble, .option, .notice')]
                    .map(one => one.querySelector('img')?.alt ?? one.innerText).join(' | '))""";

    final Page page;

    Customer(Page page, URI shop) {
        this.page = page;
        page.navigate(shop.toString());
        opensTheChat();
    }

    private void opensTheChat() {
        // The widget's own button lies in a closed shadow tree; the shop's opens it through the public call.
        page.waitForFunction("() => globalThis.hubChat");
        page.locator("[data-chat]").locator("visible=true").first().click();
        page.waitForCondition(() -> page.frameByUrl(CHAT) != null);
        chat().locator("main[data-link=online]").waitFor();
    }

    void reloads() {
        page.reload();
        opensTheChat();
    }

    void says(String text) {
        types(text);
        chat().locator("textarea").press("Enter");
        said(text).waitFor();
    }

    void types(String text) {
        chat().locator("textarea").fill(text);
    }

    Locator composer(String placeholder) {
        return chat().locator("textarea[placeholder='" + placeholder + "']");
    }

    /** What a screen reader calls the buttons of the shop's page, that of the widget among them. */
    List<String> buttonNames() {
        var session = page.context().newCDPSession(page);
        var names = new ArrayList<String>();
        for (var node : session.send("Accessibility.getFullAXTree").getAsJsonArray("nodes")) {
            var one = node.getAsJsonObject();
            if (one.has("role")
                    && one.getAsJsonObject("role").get("value").getAsString().equals("button")) {
                names.add(one.getAsJsonObject("name").get("value").getAsString());
            }
        }
        session.detach();
        return names;
    }

    /** Begins to answer one message in particular. */
    void repliesTo(String author, String text) {
        var row = heard(author, text).last();
        row.hover();
        row.locator(".tool.reply").click();
        chat().locator(".quoting .quoted", new Frame.LocatorOptions().setHasText(text))
                .waitFor();
    }

    /** What the customer's own last message stands under. */
    Locator quote() {
        return chat().locator(".row.own").last().locator(".quote");
    }

    /** Says that an answer of the bot helped. */
    void likes(String answer) {
        var row = heard("bot", answer).first();
        row.hover();
        row.locator(".tool.up").click();
        row.locator(".tool.up[aria-pressed=true]").waitFor();
    }

    Locator said(String text) {
        return chat().locator(".row.own", new Frame.LocatorOptions().setHasText(text))
                .last();
    }

    /** The mark at what the customer said last. */
    Locator readMark() {
        return chat().locator(".row.own").last().locator(".mark.read");
    }

    Locator heard(String author, String text) {
        return chat().locator(".row." + author, new Frame.LocatorOptions().setHasText(text));
    }

    Locator picture(String name) {
        return chat().locator(".row.agent img[alt*='" + name + "']");
    }

    /** The answer that is being made. */
    Locator growing() {
        return chat().locator(".row.draft .bubble");
    }

    Locator typing() {
        return chat().locator(".typing");
    }

    Locator menuOrOffer() {
        return chat().locator(".row.bot").last().locator(".option");
    }

    Locator state(String name) {
        return chat().locator(".state[data-state=" + name + "]");
    }

    Locator link(String state) {
        return chat().locator("main[data-link=" + state + "]");
    }

    @SuppressWarnings("unchecked")
    List<String> everythingSaid() {
        return (List<String>) chat().locator(".log .row").evaluateAll(SAID);
    }

    Frame chat() {
        return page.frameByUrl(CHAT);
    }
}
