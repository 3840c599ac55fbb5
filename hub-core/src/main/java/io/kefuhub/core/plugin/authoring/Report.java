package io.kefuhub.core.plugin.authoring;

import io.kefuhub.api.Language;
import io.kefuhub.core.web.Words;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints what was found, line by line, and counts. One thread only. */
final class Report {
    private static final String GREEN = "32";
    private static final String RED = "31";
    private static final String YELLOW = "33";
    private static final String BOLD = "1";

    private final PrintStream out;
    private final Language language;
    private final boolean colour;
    private int good;
    private int bad;
    private int open;

    Report(PrintStream out, Language language, boolean colour) {
        this.out = out;
        this.language = language;
        this.colour = colour;
    }

    Language language() {
        return language;
    }

    void section(String en, String zh, Object... things) {
        out.println();
        out.println(painted(BOLD, words(en, zh, things)));
    }

    /** Something that is as it should be. */
    void good(String text, Duration took) {
        good++;
        out.println("  " + painted(GREEN, "✓") + " " + text + time(took));
    }

    /**
     * Something that is not as it should be.
     *
     * @param why on lines of its own
     */
    void bad(String text, String why, Duration took) {
        bad++;
        out.println("  " + painted(RED, "✗") + " " + text + time(took));
        why.lines().forEach(line -> out.println("      " + line));
    }

    /** Something that could not be asked. */
    void open(String en, String zh, Object... things) {
        open++;
        out.println("  " + painted(YELLOW, "?") + " " + words(en, zh, things));
    }

    void warn(String text) {
        out.println("  " + painted(YELLOW, "!") + " " + text);
    }

    void line(String en, String zh, Object... things) {
        out.println("  " + words(en, zh, things));
    }

    void detail(String text) {
        out.println("      " + text);
    }

    /** Sums up; returns the exit code. */
    int end(Duration took) {
        out.println();
        var seconds = String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0);
        if (bad > 0) {
            out.println(painted(
                    RED, words("%s of %s fail, after %s s", "%s 项未通过（共 %s 项），用时 %s 秒", bad, good + bad, seconds)));
            return PluginTest.FAILED;
        }
        if (open > 0) {
            out.println(painted(
                    YELLOW,
                    words(
                            "%s hold, %s could not be asked, after %s s",
                            "%s 项通过，%s 项无法检查，用时 %s 秒", good, open, seconds)));
            return PluginTest.NOT_TRIED;
        }
        out.println(painted(GREEN, words("All %s hold, after %s s", "%s 项全部通过，用时 %s 秒", good, seconds)));
        return PluginTest.FINE;
    }

    String words(String en, String zh, Object... things) {
        return new Words(en, zh).with(things).in(language);
    }

    private String time(Duration took) {
        if (took.isZero()) return "";
        return language.isChinese() ? "（" + took.toMillis() + " 毫秒）" : " (" + took.toMillis() + " ms)";
    }

    /** What a plugin says of itself must not move the cursor or paint. */
    static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}|\\p{Cf}", " ");
    }

    private String painted(String how, String text) {
        return colour ? "\u001B[" + how + "m" + text + "\u001B[0m" : text;
    }
}
