package io.kefuhub.core.answering.knowledge;

/** The light handling of English endings: plurals, -ing and -ed; nothing that could join two different words. */
final class Stem {
    private Stem() {}

    static String of(String word) {
        var bare = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
        if (bare.length() < 4 || !isLetters(bare)) return bare;
        bare = singular(bare);
        if (bare.length() > 5 && bare.endsWith("ing")) return closed(bare.substring(0, bare.length() - 3));
        if (bare.length() > 4 && bare.endsWith("ed")) return closed(bare.substring(0, bare.length() - 2));
        return bare.length() > 4 && bare.endsWith("e") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private static String singular(String word) {
        if (word.endsWith("ies") && word.length() > 4) return word.substring(0, word.length() - 3) + "y";
        if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("shes") || word.endsWith("ches")) {
            return word.substring(0, word.length() - 2);
        }
        if (word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is")) {
            return word.substring(0, word.length() - 1);
        }
        return word;
    }

    /** Undoes the doubled letter of shipp-ing, and lets chang-ing meet chang(e). */
    private static String closed(String stem) {
        int last = stem.length() - 1;
        if (last < 2) return stem;
        char end = stem.charAt(last);
        boolean doubled = end == stem.charAt(last - 1) && "bdgmnprt".indexOf(end) >= 0;
        boolean cancelled = last > 5 && end == 'l' && stem.charAt(last - 1) == 'l';
        if (doubled || cancelled) return stem.substring(0, last);
        return stem;
    }

    private static boolean isLetters(String word) {
        return word.chars().allMatch(Character::isLetter);
    }
}
