package io.kefuhub.core.answering.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text as the index sees it.
 *
 * <p>Han, Kana and Hangul give single signs and pairs of neighbours, everything else gives words. Words that mean
 * the same are one word, words without weight are passed over.
 *
 * @param all every term in the order of the text
 * @param single the terms without the pairs: what the text is about
 * @param telling the terms that are rarely shared by chance: pairs and words; single signs where there is nothing else
 * @param numbers the numbers in the text, written as digits
 * @param negations how often the text says no
 */
public record Terms(List<String> all, Set<String> single, Set<String> telling, Set<String> numbers, int negations) {
    private static final int LONGEST_TEXT = 4_000;

    public static Terms of(String text) {
        var plain = Normaliser.plain(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
        var reader = new Reader(Numerals.asDigits(plain));
        reader.read();
        return new Terms(
                List.copyOf(reader.all),
                Set.copyOf(reader.single),
                Set.copyOf(reader.telling.isEmpty() ? reader.single : reader.telling),
                Set.copyOf(reader.numbers),
                reader.negations);
    }

    /** Walks over one text once. */
    private static final class Reader {
        private static final Set<String> NOT_A_NEGATION = Set.of(
                "不同", "不锈", "不错", "不仅", "不过", "不管", "不断", "无线", "无人", "非常", "未来", "不好意思", "特别", "别的", "分别", "级别", "别人",
                "类别", "无理由", "差不多", "对不起", "不知道", "莫非", "识别", "无论");

        private final String text;
        private final List<String> all = new ArrayList<>();
        private final Set<String> single = new LinkedHashSet<>();
        private final Set<String> telling = new LinkedHashSet<>();
        private final Set<String> numbers = new LinkedHashSet<>();
        private int negations;
        private String before = "";

        Reader(String text) {
            this.text = text;
        }

        void read() {
            int at = 0;
            while (at < text.length()) {
                int sign = text.codePointAt(at);
                if (isPaired(sign)) {
                    at = paired(at);
                } else if (Character.isLetterOrDigit(sign)) {
                    at = word(at);
                } else {
                    before = "";
                    at += Character.charCount(sign);
                }
            }
        }

        private int paired(int at) {
            for (int length = Math.min(Words.LONGEST, text.length() - at); length > 0; length--) {
                var piece = text.substring(at, at + length);
                var meaning = Words.CHINESE.get(piece);
                if (meaning == null) continue;
                if (Words.ASKING.contains(meaning)) {
                    add(meaning);
                    before = "";
                } else {
                    signs(meaning);
                }
                if (!meaning.isEmpty()) countNegation(meaning, at);
                return at + length;
            }
            int sign = text.codePointAt(at);
            var one = Character.toString(sign);
            signs(one);
            countNegation(one, at);
            return at + Character.charCount(sign);
        }

        private void countNegation(String meaning, int at) {
            char sign = meaning.charAt(0);
            if ("不没无未非别勿".indexOf(sign) < 0) return;
            for (var word : NOT_A_NEGATION) {
                int shift = word.indexOf(sign);
                if (shift >= 0 && at >= shift && text.startsWith(word, at - shift)) return;
            }
            // "A or not A" asks, it does not deny: 退不退, 发没发.
            if (at > 0 && at + 1 < text.length() && text.charAt(at - 1) == text.charAt(at + 1)) return;
            negations++;
        }

        private void signs(String piece) {
            piece.codePoints().forEach(sign -> {
                var one = Character.toString(sign);
                all.add(one);
                single.add(one);
                if (!before.isEmpty()) {
                    all.add(before + one);
                    telling.add(before + one);
                }
                before = one;
            });
        }

        private int word(int at) {
            int end = at;
            while (end < text.length()) {
                int sign = text.codePointAt(end);
                boolean inside = Character.isLetterOrDigit(sign) && !isPaired(sign)
                        || end > at && ".-'_/".indexOf(sign) >= 0 && goesOn(end);
                if (!inside) break;
                end += Character.charCount(sign);
            }
            before = "";
            var word = text.substring(at, end);
            if (word.chars().anyMatch(Character::isDigit)) {
                all.add(word);
                single.add(word);
                telling.add(word);
                numbers.add(word);
                return end;
            }
            for (var part : word.split("[.\\-_/]")) english(part);
            return end;
        }

        private void english(String word) {
            boolean denies = word.endsWith("n't") || word.equals("cannot");
            if (denies) {
                add("not");
                negations++;
                return;
            }
            var bare = word.indexOf('\'') > 0 ? word.substring(0, word.indexOf('\'')) : word;
            if (bare.isEmpty() || Words.EMPTY_ENGLISH.contains(bare)) return;
            var stem = Stem.of(bare);
            var meaning = Words.ENGLISH.getOrDefault(stem, stem);
            if (meaning.equals("not")) negations++;
            add(meaning);
            if (!Words.ASKING.contains(meaning) && !meaning.equals("not")) telling.add(meaning);
        }

        private void add(String term) {
            all.add(term);
            single.add(term);
        }

        private boolean goesOn(int at) {
            return at + 1 < text.length()
                    && Character.isLetterOrDigit(text.codePointAt(at + 1))
                    && !isPaired(text.codePointAt(at + 1));
        }

        private static boolean isPaired(int sign) {
            return Character.isIdeographic(sign)
                    || switch (Character.UnicodeScript.of(sign)) {
                        case HIRAGANA, KATAKANA, HANGUL -> true;
                        default -> false;
                    };
        }
    }
}
