package io.kefuhub.core.answering;

import io.kefuhub.api.Language;
import java.util.Optional;

/** Tells the language of a short text by its script: chat lines are too short for more. */
public final class Languages {
    private static final Language JA = new Language("ja");
    private static final Language KO = new Language("ko");

    private Languages() {}

    /** Returns the language; empty when the text has too few letters to tell. */
    public static Optional<Language> of(String text) {
        var han = 0;
        var kana = 0;
        var hangul = 0;
        var latin = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < 0x80) {
                if (Character.isLetter(c)) latin++;
                continue;
            }
            switch (Character.UnicodeScript.of(c)) {
                case HAN -> han++;
                case HIRAGANA, KATAKANA -> kana++;
                case HANGUL -> hangul++;
                default -> {}
            }
        }
        if (kana > 0 && kana * 4 >= han) return Optional.of(JA);
        if (hangul > han) return Optional.of(KO);
        // A Chinese sentence may hold a long product name; three letters weigh as much as one character.
        if (han > 0 && han * 3 >= latin) return Optional.of(Language.ZH_CN);
        return latin >= 2 ? Optional.of(Language.EN) : Optional.empty();
    }
}
