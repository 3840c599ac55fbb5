package io.kefuhub.api.kit;

import io.kefuhub.api.Language;
import java.util.Locale;

/** A contract is not kept; says in both languages of the hub where and how. Immutable. */
public final class Broken extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String zh;

    /**
     * @param en with a {@code %s} for each of the things
     * @param zh with as many, in the same order
     */
    public Broken(String en, String zh, Object... things) {
        super(String.format(Locale.ROOT, en, things));
        this.zh = String.format(Locale.ROOT, zh, things);
    }

    static void unless(boolean kept, String en, String zh, Object... things) {
        if (!kept) throw new Broken(en, zh, things);
    }

    /** In words that are ready. */
    public static Broken inWords(String en, String zh) {
        return new Broken(escaped(en), escaped(zh));
    }

    /** What was thrown where an answer was due; what is broken already keeps its own words. */
    static Broken by(Throwable thrown, String where) {
        var broken = thrown instanceof Broken known
                ? new Broken("%s: " + escaped(known.in(Language.EN)), "%s：" + escaped(known.in(Language.ZH_CN)), where)
                : new Broken("%s: threw %s", "%s：抛出 %s", where, thrown);
        broken.initCause(thrown);
        return broken;
    }

    private static String escaped(String words) {
        return words.replace("%", "%%");
    }

    public String in(Language language) {
        return language.isChinese() ? zh : String.valueOf(getMessage());
    }
}
