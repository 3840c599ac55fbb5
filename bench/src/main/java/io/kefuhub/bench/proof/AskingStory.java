package io.kefuhub.bench.proof;

import io.kefuhub.bench.Questions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Asks, mostly one thing at a time, and asks again when there was an answer. */
final class AskingStory implements Story {
    private static final int MOST_AT_ONCE = 3;

    private final Random random;

    AskingStory(Random random) {
        this.random = random;
    }

    @Override
    public List<String> next(Ear ear) {
        return ear.answered() ? questions(random) : List.of();
    }

    @Override
    public boolean isContent(Ear ear) {
        return ear.answered();
    }

    /** Three times out of four a single one. */
    static List<String> questions(Random random) {
        var count = random.nextInt(4) == 0 ? random.nextInt(2, MOST_AT_ONCE + 1) : 1;
        return Stream.generate(() -> Questions.ALL.get(random.nextInt(Questions.ALL.size())))
                .limit(count)
                .toList();
    }
}
