package io.kefuhub.dist;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the plots of usage show, as the tables behind them tell it, in Chinese. */
final class UsagePlots {
    static final String FIRST_WORDS = "首字延迟";
    static final String SOURCES = "回答来自哪里";
    static final String REFUSALS = "模型未作答的原因";

    private static final String PIXELS = "canvas => canvas.toDataURL()";
    private static final String ROWS = """
            table => [...table.querySelectorAll('tbody tr')]
                .map(row => [...row.children].map(cell => cell.textContent.trim()))""";

    private static final String TURNS = """
            async () => (await (await fetch('/api/usage/answers?by=day')).json()).rows
                .reduce((all, one) => all + one.turns, 0)""";

    private static final String RECKONED = """
            async () => {
                const get = async address => await (await fetch(address)).json()
                const { rules: { zone } } = await get('/api/budgets')
                const { attempts } = await get('/api/usage/attempts?limit=1000')
                const hour = new Intl.DateTimeFormat('sv',
                    { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' })
                const unit = (value, unit) => new Intl.NumberFormat('zh-CN', { style: 'unit', unit, unitDisplay: 'short',
                    maximumFractionDigits: unit === 'second' ? 1 : 0 }).format(value)
                const text = value => value < 1000 ? unit(value, 'millisecond') : unit(value / 1000, 'second')
                const hours = Map.groupBy(attempts, one => hour.format(new Date(one.at)))
                return [...hours].sort(([one], [other]) => one < other ? -1 : 1).map(([key, calls]) => {
                    const times = calls.map(one => one.firstContentMs).filter(one => one !== undefined).sort((a, b) => a - b)
                    const of = share => times.length ? text(times[Math.ceil(share * times.length) - 1]) : '–'
                    return [key.slice(-2) + ':00', of(0.5), of(0.95)]
                })
            }""";

    private final Page page;

    UsagePlots(Page page) {
        this.page = page;
    }

    /** Loads the page of usage anew, and turns to what was in the last day. */
    void ofADay() {
        page.reload();
        page.locator("main canvas").first().waitFor();
        page.locator("main .pills button").nth(ModelRoom.Tab.values().length).click();
        page.locator("main figure tbody th:has-text(':00')").first().waitFor();
    }

    void areDrawnAnewWhenItGetsDark() {
        var plot = page.locator("main canvas").first();
        var light = plot.evaluate(PIXELS);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForCondition(() -> !plot.evaluate(PIXELS).equals(light));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.waitForCondition(() -> plot.evaluate(PIXELS).equals(light));
    }

    /** How many turns of customers the books have. */
    long turns() {
        return ((Number) page.evaluate(TURNS)).longValue();
    }

    /** Row by row. */
    List<?> table(String plot) {
        return (List<?>) page.locator(figure(plot) + " table").evaluate(ROWS);
    }

    /** By column, of all hours; nothing of columns in which nothing is. */
    Map<String, Long> sums(String plot) {
        var sums = new TreeMap<String, Long>();
        if (page.locator(figure(plot) + " table").count() == 0) return sums;
        var names = page.locator(figure(plot) + " thead th").allTextContents();
        for (var row : table(plot)) {
            var cells = (List<?>) row;
            for (var at = 1; at < cells.size(); at++) {
                var value = Long.parseLong(cells.get(at).toString());
                if (value > 0) sums.merge(names.get(at), value, Long::sum);
            }
        }
        return sums;
    }

    static Map<String, Long> with(Map<String, Long> before, Map<String, Long> more) {
        var all = new TreeMap<>(before);
        more.forEach((name, count) -> all.merge(name, count, Long::sum));
        return all;
    }

    /** What the table of first words has to say, reckoned from single calls. */
    Object firstWords() {
        return page.evaluate(RECKONED);
    }

    private static String figure(String plot) {
        return "main figure:has(h3:text-is('" + plot + "'))";
    }
}
