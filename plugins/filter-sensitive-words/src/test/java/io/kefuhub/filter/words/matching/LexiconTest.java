package io.kefuhub.filter.words.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.filter.words.writing.Evasions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One word, written in many ways; and other words that only resemble it. */
class LexiconTest {
    private static final List<String> WORDS = List.of("代开发票", "外挂", "加微信", "casino", "天天", "女巫");

    private final Lexicon lexicon = Lexicon.of(WORDS, Evasions.ALL);

    @ParameterizedTest
    @CsvSource(textBlock = """
            可以代开发票吗,            代开发票
            可以代開發票嗎,            代開發票
            代*开*发*票,              代*开*发*票
            代 开 发 票 找我,          代 开 发 票
            '代，开，发，票',           '代，开，发，票'
            代\u200b开\u200d发\ufe0f票, 代\u200b开\u200d发\ufe0f票
            代😀开😀发😀票,            代😀开😀发😀票
            代代开开发票票票,           代代开开发票
            daikaifapiao 找我,        daikaifapiao
            有daiKai发票,             daiKai发票
            代kai发piao,             代kai发piao
            dai kai fa piao,         dai kai fa piao
            可以dkfp吗,               dkfp
            ＣＡＳＩＮＯ 开业,          ＣＡＳＩＮＯ
            c a s i n o,             c a s i n o
            cаsino,                  cаsino
            C4sin0,                  C4sin0
            ⓒⓐⓢⓘⓝⓞ,                 ⓒⓐⓢⓘⓝⓞ
            cásíno,                  cásíno
            wai挂 便宜,               wai挂
            nvwu,
            """)
    void it_is_found_as_it_was_written(String text, String found) {
        if (found == null) assertThat(found(text)).isEmpty();
        else assertThat(found(text)).contains(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "我们在外，挂了一幅画",
                "开发票的时候请写公司名",
                "casinos",
                "occasino",
                "c asino",
                "今天开门吗",
                "101 台电脑",
                "加一个微信群",
                "歪挂在墙上",
                "waitguard",
                "dkfpx",
            })
    void what_only_resembles_it_is_not(String text) {
        assertThat(found(text)).isEmpty();
    }

    @Test
    void a_list_that_minds_none_of_this_finds_words_as_they_are_listed() {
        var plain = Lexicon.of(WORDS, Evasions.NONE);

        assertThat(plain.find("代开发票")).containsExactly(new Hit(0, 0, 4));
        assertThat(plain.find("ＣＡＳＩＮＯ")).containsExactly(new Hit(3, 0, 6));
        for (var written : List.of("代開發票", "代*开发票", "daikaifapiao", "dkfp", "代代开发票票x".substring(1, 2))) {
            assertThat(plain.find(written)).as(written).isEmpty();
        }
    }

    @Test
    void of_many_words_all_are_found_wherever_they_stand() {
        var random = new Random(7);
        var words = new ArrayList<>(new HashSet<>(random.ints(20_000, 0, 1 << 30)
                .mapToObj(number -> word(new Random(number)))
                .toList()));
        var many = Lexicon.of(words, Evasions.NONE);

        for (var round = 0; round < 2_000; round++) {
            var text = word(random) + word(random) + words.get(random.nextInt(words.size())) + word(random);
            assertThat(spans(many.find(text), text)).as(text).isEqualTo(naive(words, text));
        }
    }

    @Test
    void what_of_a_growing_text_is_settled_is_no_part_of_a_word_whatever_comes() {
        for (var text : List.of("你好，可以代開發票吗", "有dai开fa票", "去 C4sin0 玩", "代代开*发，票票", "加 we微 信")) {
            var whole = lexicon.find(text);
            for (var length = 0; length <= text.length(); length++) {
                var settled = lexicon.settled(text.substring(0, length));
                for (var hit : whole) {
                    if (hit.to() > length)
                        assertThat(settled).as(text + " " + length).isLessThanOrEqualTo(hit.from());
                }
            }
        }
    }

    private Set<String> found(String text) {
        return spans(lexicon.find(text), text);
    }

    private static Set<String> spans(List<Hit> hits, String text) {
        return hits.stream().map(hit -> text.substring(hit.from(), hit.to())).collect(Collectors.toSet());
    }

    private static Set<String> naive(List<String> words, String text) {
        return words.stream().filter(text::contains).collect(Collectors.toSet());
    }

    private static String word(Random random) {
        var word = new StringBuilder();
        for (var at = 1 + random.nextInt(4); at > 0; at--) word.append((char) ('一' + random.nextInt(200)));
        return word.toString();
    }
}
