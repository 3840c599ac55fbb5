package io.kefuhub.bench.proof;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Asks a few things, wants a person, talks with one, says goodbye, and begins again once the bot is back. */
final class PersonStory implements Story {
    /** An agent who is told this gives the conversation back to the bot. */
    static final String GOODBYE = "谢谢，没有别的问题了";

    private static final String A_PERSON = "转人工";
    private static final int MOST_ROUNDS = 4;

    private final Random random;
    private Act act = Act.ASKS;
    private int rounds;
    /** What agents have not replied to yet. */
    private int open;

    private enum Act {
        ASKS,
        WAITS_FOR_PERSON,
        TALKS,
        LEAVES
    }

    PersonStory(Random random) {
        this.random = random;
        rounds = random.nextInt(MOST_ROUNDS);
    }

    @Override
    public List<String> next(Ear ear) {
        return switch (act) {
            case ASKS -> ear.answered() ? ask() : List.of();
            case WAITS_FOR_PERSON -> waiting(ear);
            case TALKS -> ear.replies() >= open ? talk() : List.of();
            case LEAVES -> {
                if (!ear.state().equals("bot")) yield List.of();
                act = Act.ASKS;
                rounds = random.nextInt(MOST_ROUNDS);
                yield ask();
            }
        };
    }

    private List<String> ask() {
        if (rounds-- > 0) return AskingStory.questions(random);
        act = Act.WAITS_FOR_PERSON;
        open = 0;
        return List.of(A_PERSON);
    }

    private List<String> waiting(Ear ear) {
        if (ear.state().equals("waiting_for_agent") && open == 0 && random.nextBoolean()) {
            open = 1;
            return List.of("我等着呢，订单还没到");
        }
        if (!ear.state().equals("with_agent") || ear.replies() < open) return List.of();
        act = Act.TALKS;
        rounds = random.nextInt(MOST_ROUNDS);
        return talk();
    }

    private List<String> talk() {
        if (rounds-- > 0) {
            open = random.nextInt(1, 4);
            return IntStream.range(0, open).mapToObj(i -> "还有一件事 " + i).toList();
        }
        act = Act.LEAVES;
        open = 1;
        return List.of(GOODBYE);
    }

    @Override
    public boolean isContent(Ear ear) {
        return switch (act) {
            case ASKS -> ear.answered();
            case WAITS_FOR_PERSON -> ear.state().equals("with_agent") && ear.replies() >= open;
            case TALKS -> ear.replies() >= open;
            case LEAVES -> ear.state().equals("bot");
        };
    }
}
