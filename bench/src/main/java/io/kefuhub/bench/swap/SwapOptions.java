package io.kefuhub.bench.swap;

import java.time.Duration;
import java.util.List;

/**
 * How much of what.
 *
 * @param seconds {@code --seconds 300}: of swaps
 * @param calm {@code --calm 120}: of the same load before, without swaps
 * @param warmUp {@code --warm-up 30}: before anything is counted
 * @param rate {@code --rate 200}: questions a second
 * @param customers {@code --customers 100}: half of them by each codec
 * @param rhythm {@code --every 2000}: milliseconds from one swap of a plugin to its next
 * @param count {@code --count 500}: swaps of one plugin alone, one after the other; 0 for the proof under load
 * @param jar {@code --jar filter}, {@code responder} or {@code channel}: which one alone; under load all when none is said
 */
public record SwapOptions(
        int seconds, int calm, int warmUp, int rate, int customers, Duration rhythm, int count, String jar) {
    public static final SwapOptions USUAL = new SwapOptions(300, 120, 30, 200, 100, Duration.ofSeconds(2), 0, "all");

    static SwapOptions of(List<String> words) {
        if (words.size() % 2 != 0) throw new IllegalArgumentException(words.getLast() + " needs a value");
        var options = USUAL;
        for (var i = 0; i < words.size(); i += 2) options = options.with(words.get(i), words.get(i + 1));
        return options;
    }

    public SwapOptions with(String name, String value) {
        return name.equals("--jar")
                ? new SwapOptions(seconds, calm, warmUp, rate, customers, rhythm, count, value)
                : with(name, Integer.parseInt(value));
    }

    private SwapOptions with(String name, int value) {
        return switch (name) {
            case "--seconds" -> new SwapOptions(value, calm, warmUp, rate, customers, rhythm, count, jar);
            case "--calm" -> new SwapOptions(seconds, value, warmUp, rate, customers, rhythm, count, jar);
            case "--warm-up" -> new SwapOptions(seconds, calm, value, rate, customers, rhythm, count, jar);
            case "--rate" -> new SwapOptions(seconds, calm, warmUp, value, customers, rhythm, count, jar);
            case "--customers" -> new SwapOptions(seconds, calm, warmUp, rate, value, rhythm, count, jar);
            case "--every" ->
                new SwapOptions(seconds, calm, warmUp, rate, customers, Duration.ofMillis(value), count, jar);
            case "--count" -> new SwapOptions(seconds, calm, warmUp, rate, customers, rhythm, value, jar);
            default -> throw new IllegalArgumentException("there is no option " + name);
        };
    }
}
