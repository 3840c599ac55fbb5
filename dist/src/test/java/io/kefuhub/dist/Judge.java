package io.kefuhub.dist;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotCaret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Looks at what a page shows in its guises and notes what is wrong: what axe-core finds against WCAG 2.1 A and AA, and on
 * the phone what is wider than the screen. Keeps a picture of each for people to look at.
 */
final class Judge {
    private static final String AXE = axe();
    private static final List<String> LEVELS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa");
    private static final String VIOLATIONS = """
            async ({ part, levels }) => {
                const found = await axe.run(part, {
                    runOnly: levels, resultTypes: ['violations'], iframes: false, preload: false, selectors: false })
                return found.violations.flatMap(({ id, nodes }) => nodes.slice(0, 4).map(node =>
                    id + ': ' + node.html.slice(0, 160) + ' | ' + (node.any[0]?.message ?? node.failureSummary)))
            }""";
    private static final String TOO_WIDE = """
            () => [document.documentElement, ...document.querySelectorAll('*')]
                .filter(one => one === document.documentElement || /auto|scroll/.test(getComputedStyle(one).overflowX))
                .filter(one => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1)
                .map(one => one.tagName + '.' + one.className + ' by ' + (one.scrollWidth - one.clientWidth) + ' px')""";

    private final Page page;
    private final Frame frame;
    private final List<Guise> guises;
    private final Speech speech;
    private final List<String> faults;
    private String spoken = "";

    /** Has the page speak a language. */
    interface Speech {
        void speak(String language);
    }

    /** @param faults where what is wrong is noted, one line each */
    Judge(Frame frame, Speech speech, List<String> faults, Guise... guises) {
        this.page = frame.page();
        this.frame = frame;
        this.speech = speech;
        this.faults = faults;
        this.guises = List.of(guises);
    }

    /** Looks at all that is shown now; leaves the page in its first guise. */
    void sees(String name) {
        look(name, "html", guises);
    }

    /** Looks at a part of what is shown, such as a dialog over a page that was looked at before. */
    void sees(String name, String part) {
        look(name, part, Guise.FOR_PARTS);
    }

    private void look(String name, String part, List<Guise> theirs) {
        for (var guise : theirs) {
            wears(guise);
            look(name + "-" + guise.name().toLowerCase(Locale.ROOT).replace('_', '-'), part, guise);
        }
        wears(guises.getFirst());
    }

    void wears(Guise guise) {
        if (page.viewportSize().width != guise.wide) page.setViewportSize(guise.wide, guise.high);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(guise.theme));
        if (!guise.language.equals(spoken)) speech.speak(guise.language);
        spoken = guise.language;
        // What follows theme and width does so before the next frame.
        frame.evaluate("() => new Promise(requestAnimationFrame)");
    }

    private void look(String name, String part, Guise guise) {
        if (!(boolean) frame.evaluate("() => 'axe' in window")) frame.evaluate(AXE);
        var found = (List<?>) frame.evaluate(VIOLATIONS, Map.of("part", part, "levels", LEVELS));
        for (var violation : found) faults.add(name + ": " + violation);
        if (guise.isPhone()) {
            for (var one : (List<?>) frame.evaluate(TOO_WIDE)) faults.add(name + " is too wide: " + one);
        }
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(System.getProperty("screenshots"), "pages", name + ".png"))
                .setCaret(ScreenshotCaret.INITIAL));
    }

    private static String axe() {
        try (var script = Judge.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a page may be looked at. */
    enum Guise {
        ZH_LIGHT_DESK("zh", ColorScheme.LIGHT, 1366, 820),
        EN_DARK_DESK("en", ColorScheme.DARK, 1366, 820),
        EN_LIGHT_PHONE("en", ColorScheme.LIGHT, 360, 740),
        ZH_DARK_PHONE("zh", ColorScheme.DARK, 360, 740),
        EN_DARK_PHONE("en", ColorScheme.DARK, 360, 740);

        /** Every pair of language and theme, language and width, theme and width is among them. */
        static final Guise[] FOR_PAGES = {ZH_LIGHT_DESK, EN_DARK_DESK, EN_LIGHT_PHONE, ZH_DARK_PHONE};
        /** Every language, theme and width is among them. */
        static final List<Guise> FOR_PARTS = List.of(ZH_LIGHT_DESK, EN_DARK_PHONE);

        private final String language;
        private final ColorScheme theme;
        private final int wide;
        private final int high;

        Guise(String language, ColorScheme theme, int wide, int high) {
            this.language = language;
            this.theme = theme;
            this.wide = wide;
            this.high = high;
        }

        boolean isPhone() {
            return wide < 400;
        }
    }
}
