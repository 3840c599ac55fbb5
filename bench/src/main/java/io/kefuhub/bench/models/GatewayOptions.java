package io.kefuhub.bench.models;

import java.util.Arrays;
import java.util.List;

/**
 * How much of what.
 *
 * @param connections {@code --connections 1,16,64,256}
 * @param delays {@code --delays 0,50}: milliseconds of the model server
 * @param streams {@code --answers whole,streamed}: whether answers are to be streamed
 * @param seconds {@code --seconds 5}: what is counted of each cell
 * @param warmUp {@code --warm-up 2}: what comes before
 * @param first {@code --first 15}: what comes before all cells, for hub and peer each
 */
public record GatewayOptions(
        List<Integer> connections,
        List<Integer> delays,
        List<Boolean> streams,
        double seconds,
        double warmUp,
        double first) {
    public static GatewayOptions of(List<String> words) {
        var options = new GatewayOptions(List.of(1, 16, 64, 256), List.of(0, 50), List.of(false, true), 5, 2, 15);
        if (words.size() % 2 != 0) throw new IllegalArgumentException(words.getLast() + " needs a value");
        for (var i = 0; i + 1 < words.size(); i += 2) options = options.with(words.get(i), words.get(i + 1));
        return options;
    }

    private GatewayOptions with(String name, String value) {
        return switch (name) {
            case "--connections" -> new GatewayOptions(numbers(value), delays, streams, seconds, warmUp, first);
            case "--delays" -> new GatewayOptions(connections, numbers(value), streams, seconds, warmUp, first);
            case "--answers" -> new GatewayOptions(connections, delays, streams(value), seconds, warmUp, first);
            case "--seconds" ->
                new GatewayOptions(connections, delays, streams, Double.parseDouble(value), warmUp, first);
            case "--warm-up" ->
                new GatewayOptions(connections, delays, streams, seconds, Double.parseDouble(value), first);
            case "--first" ->
                new GatewayOptions(connections, delays, streams, seconds, warmUp, Double.parseDouble(value));
            default -> throw new IllegalArgumentException("there is no option " + name);
        };
    }

    private static List<Integer> numbers(String words) {
        return Arrays.stream(words.split(",")).map(Integer::parseInt).toList();
    }

    private static List<Boolean> streams(String words) {
        return Arrays.stream(words.split(","))
                .map(word -> switch (word) {
                    case "whole" -> false;
                    case "streamed" -> true;
                    default -> throw new IllegalArgumentException("an answer is whole or streamed, not " + word);
                })
                .toList();
    }
}
