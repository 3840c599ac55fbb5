package io.kefuhub.dist;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A browser whose pages must break no content policy, throw no error and lack no text. */
final class Watched implements AutoCloseable {
    private static final int PATIENCE = 45_000;
    /** Colours that are still on their way from one theme to the other are not what people see. */
    private static final String STILL = """
            const still = new CSSStyleSheet()
            still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important }')
            document.adoptedStyleSheets = [still]""";

    /** What pages did that none may do. */
    final List<String> faults = new CopyOnWriteArrayList<>();

    private final Playwright playwright;
    private final Browser browser;

    Watched() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var chromium = Optional.ofNullable(System.getenv("KEFUHUB_CHROMIUM")).orElse("/usr/bin/chromium");
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(Path.of(chromium)));
    }

    /** A person of their own, with cookies of their own. */
    Page person(Window window, String locale) {
        return page(browser.newContext(window.options(locale)));
    }

    /** The same person at another window, with the storage that {@link #storageOf} gave. */
    Page again(Window window, String locale, String storage) {
        var context = browser.newContext(window.options(locale).setStorageState(storage));
        context.addInitScript("localStorage.setItem('kefuhub.language', '" + locale.substring(0, 2) + "')");
        return page(context);
    }

    /** A page on which nothing moves, so that what is looked at is what people see in the end. */
    static Page still(Page page) {
        page.addInitScript(STILL);
        return page;
    }

    static String storageOf(Page page) {
        return page.context().storageState();
    }

    /** Kept for people to look at. */
    static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(System.getProperty("screenshots"), name + ".png"))
                .setAnimations(ScreenshotAnimations.DISABLED));
    }

    private Page page(BrowserContext context) {
        context.setDefaultTimeout(PATIENCE);
        var page = context.newPage();
        page.onPageError(error -> faults.add(page.url() + " threw " + error));
        page.onConsoleMessage(message -> {
            var said = message.text();
            if (said.contains("Content Security Policy")) faults.add(page.url() + " broke its policy: " + said);
            if (said.startsWith("There is no text")) faults.add(page.url() + " lacks a text: " + said);
        });
        return page;
    }

    @Override
    public void close() {
        var number = 0;
        for (var context : browser.contexts()) {
            for (var page : context.pages()) {
                shot(page, "end-" + ++number);
            }
        }
        browser.close();
        playwright.close();
    }

    enum Window {
        DESKTOP(1366, 820),
        PHONE(390, 844);

        private final int width;
        private final int height;

        Window(int width, int height) {
            this.width = width;
            this.height = height;
        }

        private Browser.NewContextOptions options(String locale) {
            return new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setIsMobile(this == PHONE)
                    .setHasTouch(this == PHONE)
                    .setDeviceScaleFactor(this == PHONE ? 2 : 1)
                    .setLocale(locale);
        }
    }
}
