package io.kefuhub.bench.start;

import java.util.List;

/**
 * How much of what.
 *
 * @param rounds {@code --rounds 9}: starts of each
 * @param visitors {@code --visitors 500}: who have asked something before
 * @param idle {@code --idle 30}: seconds of quiet before memory is looked at
 */
record StartOptions(int rounds, int visitors, int idle) {
    static StartOptions of(List<String> words) {
        if (words.size() % 2 != 0) throw new IllegalArgumentException(words.getLast() + " needs a value");
        var options = new StartOptions(9, 500, 30);
        for (var i = 0; i < words.size(); i += 2)
            options = options.with(words.get(i), Integer.parseInt(words.get(i + 1)));
        return options;
    }

    private StartOptions with(String name, int value) {
        return switch (name) {
            case "--rounds" -> new StartOptions(value, visitors, idle);
            case "--visitors" -> new StartOptions(rounds, value, idle);
            case "--idle" -> new StartOptions(rounds, visitors, value);
            default -> throw new IllegalArgumentException("there is no option " + name);
        };
    }
}
