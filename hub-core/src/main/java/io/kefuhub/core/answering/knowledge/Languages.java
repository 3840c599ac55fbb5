package io.kefuhub.core.answering.knowledge;

import io.kefuhub.api.Language;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells the language of a text by the scripts it is written in; good enough for chat, where statistics are not. */
public final class Languages {
    private static final Language JAPANESE = new Language("ja");
    private static final Language KOREAN = new Language("ko");
    private static final Language RUSSIAN = new Language("ru");
    private static final Language ARABIC = new Language("ar");
    private static final Language THAI = new Language("th");
    /** Other than English: which one it is cannot be told by the letters. */
    private static final Set<String> LATIN = Set.of("es", "de", "fr", "pt", "vi");

    private Languages() {}

    /**
     * What was told by the script of a text, by what the speaker was known to speak: who has their pages in Spanish or in
     * traditional characters goes on to be answered so.
     */
    public static Language refined(Language told, Language before) {
        if (told.isChinese() && before.isChinese()) return before;
        var known = Locale.forLanguageTag(before.tag()).getLanguage();
        return told.equals(Language.EN) && LATIN.contains(known) ? before : told;
    }

    /** The language of a text; empty where it holds too little to tell, such as a number or a picture. */
    public static Optional<Language> of(String text) {
        int han = 0;
        int kana = 0;
        int hangul = 0;
        int cyrillic = 0;
        int arabic = 0;
        int thai = 0;
        int latin = 0;
        int words = 0;
        boolean inWord = false;
        for (int sign : text.codePoints().limit(2_000).toArray()) {
            var script = Character.UnicodeScript.of(sign);
            boolean letter = Character.isLetter(sign);
            if (script == Character.UnicodeScript.LATIN && letter) latin++;
            if (script == Character.UnicodeScript.LATIN && letter && !inWord) words++;
            inWord = script == Character.UnicodeScript.LATIN && (letter || inWord);
            switch (script) {
                case HAN -> han++;
                case HIRAGANA, KATAKANA -> kana++;
                case HANGUL -> hangul++;
                case CYRILLIC -> cyrillic++;
                case ARABIC -> arabic++;
                case THAI -> thai++;
                default -> {}
            }
        }
        if (kana > 0 && kana * 4 >= han) return Optional.of(JAPANESE);
        if (hangul > han) return Optional.of(KOREAN);
        // A Chinese sentence may hold English words; an English one hardly holds Han.
        if (han > 0 && han * 2 >= words) return Optional.of(Language.ZH_CN);
        if (cyrillic > words * 2) return Optional.of(RUSSIAN);
        if (arabic > words * 2) return Optional.of(ARABIC);
        if (thai > words * 2) return Optional.of(THAI);
        return latin > 1 ? Optional.of(Language.EN) : Optional.empty();
    }
}
