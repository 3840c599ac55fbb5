package io.kefuhub.filter.words.writing;

import com.ibm.icu.text.Transliterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes the tables of the Chinese script from Unicode's own data, as ICU keeps it. */
final class WrittenTables {
    private static final char FIRST = '\u4e00';
    private static final char LAST = '\u9fff';
    private static final Pattern SYLLABLE = Pattern.compile("[a-z]{1,6}");

    private WrittenTables() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        Files.writeString(folder.resolve("simplified.txt"), simplified());
        Files.writeString(folder.resolve("syllables.txt"), syllables());
    }

    /** A traditional character and the simplified one it is written as, pair after pair, forty a line. */
    static String simplified() {
        var simplify = Transliterator.getInstance("Traditional-Simplified");
        var pairs = new StringBuilder();
        var count = 0;
        for (var sign = FIRST; sign <= LAST; sign++) {
            var written = simplify.transliterate(String.valueOf(sign));
            if (written.length() != 1 || written.charAt(0) == sign) continue;
            pairs.append(sign).append(written).append(++count % 40 == 0 ? "\n" : "");
        }
        return pairs.append('\n').toString();
    }

    /** A line for each syllable without its tone, {@code v} for ü: {@code ma 妈马吗…}. */
    static String syllables() {
        var spell = Transliterator.getInstance("Han-Latin; Lower; NFD; [[:M:]-[\\u0308]] Remove; NFC");
        var lines = new TreeMap<String, StringBuilder>();
        for (var sign = FIRST; sign <= LAST; sign++) {
            var syllable = spell.transliterate(String.valueOf(sign)).strip().replace('ü', 'v');
            if (!SYLLABLE.matcher(syllable).matches()) continue;
            lines.computeIfAbsent(syllable, _ -> new StringBuilder()).append(sign);
        }
        var text = new StringBuilder();
        lines.forEach((syllable, signs) ->
                text.append(syllable).append(' ').append(signs).append('\n'));
        return text.toString();
    }
}
