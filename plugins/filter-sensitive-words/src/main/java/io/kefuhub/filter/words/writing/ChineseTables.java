package io.kefuhub.filter.words.writing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which characters are one in simplified writing, and how each is read aloud; made from Unicode's own data. */
final class ChineseTables {
    private static final int SIGNS = 1 << 16;

    /** Characters that Unicode's data reads as in particles, and words seldom do. */
    private static final Map<Character, String> IN_WORDS = Map.of('地', "di");

    private final char[] simplified = new char[SIGNS];
    private final short[] syllable = new short[SIGNS];
    private final List<String> syllables = new ArrayList<>();

    private ChineseTables() {
        for (var sign = 0; sign < SIGNS; sign++) simplified[sign] = (char) sign;
        syllables.add("");
    }

    static ChineseTables read() {
        var tables = new ChineseTables();
        resource("simplified.txt").lines().forEach(tables::addPairs);
        resource("syllables.txt").lines().forEach(tables::addSyllable);
        IN_WORDS.forEach((sign, as) -> tables.syllable[sign] = (short) tables.syllables.indexOf(as));
        return tables;
    }

    private void addPairs(String line) {
        for (var at = 0; at + 1 < line.length(); at += 2) simplified[line.charAt(at)] = line.charAt(at + 1);
    }

    private void addSyllable(String line) {
        var space = line.indexOf(' ');
        var number = (short) syllables.size();
        syllables.add(line.substring(0, space));
        for (var at = space + 1; at < line.length(); at++) syllable[line.charAt(at)] = number;
    }

    char simplified(char sign) {
        return simplified[sign];
    }

    /** The number of the syllable that a character is read as; 0 for what is no Chinese character. */
    short[] syllable() {
        return syllable;
    }

    /** The syllables by their numbers, in lower case, {@code v} for ü. */
    List<String> syllables() {
        return syllables;
    }

    private static String resource(String name) {
        try (var in = ChineseTables.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("the plugin lacks " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
