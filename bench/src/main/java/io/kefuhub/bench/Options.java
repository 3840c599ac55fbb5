package io.kefuhub.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How much of what.
 *
 * @param customers {@code --customers 64,256}: one run each, every customer asking again as soon as he is answered
 * @param rate {@code --rate 328}: questions a second of the steady run; 0 leaves it out
 * @param idle {@code --idle 2000,10000}: sockets that are only held; 0 leaves it out
 * @param seconds {@code --seconds 20}: what is counted of each run
 * @param warmUp {@code --warm-up 10}: what comes before
 * @param rounds {@code --rounds 1}
 */
record Options(List<Integer> customers, int rate, List<Integer> idle, int seconds, int warmUp, int rounds) {
    static Options of(List<String> words) {
        var options = new Options(List.of(64), 328, List.of(2_000), 20, 10, 1);
        for (var i = 0; i + 1 < words.size(); i += 2) options = options.with(words.get(i), words.get(i + 1));
        if (words.size() % 2 != 0) throw new IllegalArgumentException(words.getLast() + " needs a value");
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--customers" -> new Options(numbers(value), rate, idle, seconds, warmUp, rounds);
            case "--rate" -> new Options(customers, Integer.parseInt(value), idle, seconds, warmUp, rounds);
            case "--idle" -> new Options(customers, rate, numbers(value), seconds, warmUp, rounds);
            case "--seconds" -> new Options(customers, rate, idle, Integer.parseInt(value), warmUp, rounds);
            case "--warm-up" -> new Options(customers, rate, idle, seconds, Integer.parseInt(value), rounds);
            case "--rounds" -> new Options(customers, rate, idle, seconds, warmUp, Integer.parseInt(value));
            default -> throw new IllegalArgumentException("there is no option " + name);
        };
    }

    private static List<Integer> numbers(String words) {
        return Arrays.stream(words.split(","))
                .map(Integer::parseInt)
                .filter(number -> number > 0)
                .toList();
    }
}
