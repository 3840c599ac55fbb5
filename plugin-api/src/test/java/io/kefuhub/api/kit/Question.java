package io.kefuhub.api.kit;

import io.kefuhub.api.Language;

/**
 * One thing that everybody who keeps a contract does. Asked by the tests of the kit and by {@code kefuhub plugin test}
 * alike. Immutable.
 *
 * @param en what they do, as a sentence without its subject
 * @param check returns when they do, and throws when they do not
 */
public record Question(String en, String zh, Check check) {
    /** Asks; what it throws says what was wrong. */
    public interface Check {
        void ask() throws Exception;
    }

    public void ask() throws Exception {
        check.ask();
    }

    public String in(Language language) {
        return language.isChinese() ? zh : en;
    }
}
