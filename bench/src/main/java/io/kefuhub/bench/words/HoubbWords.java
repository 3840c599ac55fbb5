package io.kefuhub.bench.words;

import com.github.houbb.sensitive.word.bs.SensitiveWordBs;
import java.util.List;
import java.util.function.IntSupplier;

/** The peer: {@code com.github.houbb:sensitive-word}, with what it offers against evasion switched on. */
final class HoubbWords implements Matcher, AutoCloseable {
    private final SensitiveWordBs words;

    HoubbWords(List<String> listed) {
        words = SensitiveWordBs.newInstance()
                .wordDeny(() -> listed)
                .wordAllow(List::of)
                .ignoreCase(true)
                .ignoreWidth(true)
                .ignoreNumStyle(true)
                .ignoreChineseStyle(true)
                .ignoreEnglishStyle(true)
                .ignoreRepeat(true)
                .init();
    }

    @Override
    public String name() {
        return "houbb sensitive-word";
    }

    @Override
    public IntSupplier over(List<String> texts) {
        return () -> {
            var clean = 0;
            for (var text : texts) {
                if (!words.contains(text)) clean++;
            }
            return clean;
        };
    }

    @Override
    public void close() {
        words.destroy();
    }
}
