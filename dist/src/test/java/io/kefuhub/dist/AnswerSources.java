package io.kefuhub.dist;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;

/** The rows of answer sources, in the order in which they are asked. */
final class AnswerSources {
    /** Where the hub is told of an order. */
    private static final String ORDERED = "**/api/instances/responder";

    private final Page page;

    AnswerSources(Page page) {
        this.page = page;
    }

    /** A row, once it is the last. */
    Locator last(String key) {
        return page.locator("li[data-key=" + key + "]:last-child");
    }

    /** By the key that does so. */
    void movesUp(String key) {
        page.waitForResponse(
                ORDERED, () -> page.locator("li[data-key=" + key + "] .handle").press("ArrowUp"));
    }

    /** Draws a row with the mouse to where another is, and lets go of it there. */
    void drags(String key, String to) {
        holds(key, to);
        page.waitForResponse(ORDERED, page.mouse()::up);
    }

    /** Draws a row to where the last one is, thinks better of it, and finds all as it was. */
    void letsGoOfByEscape(String key, String last) {
        holds(key, last);
        last(key).waitFor();
        page.keyboard().press("Escape");
        last(last).waitFor();
        page.mouse().up();
    }

    private void holds(String key, String to) {
        var handle = page.locator("li[data-key=" + key + "] .handle").boundingBox();
        var place = page.locator("li[data-key=" + to + "]").boundingBox();
        page.mouse().move(handle.x + handle.width / 2, handle.y + handle.height / 2);
        page.mouse().down();
        page.mouse().move(handle.x + handle.width / 2, place.y + place.height / 2, new Mouse.MoveOptions().setSteps(8));
        page.locator("li.held[data-key=" + key + "]").waitFor();
    }

    /** Their keys, as the hub has them. */
    Object order() {
        return page.evaluate("""
                async () => {
                    const { instances } = await (await fetch('/api/instances')).json()
                    return instances.filter(one => one.kind === 'responder').map(one => one.key)
                }""");
    }
}
