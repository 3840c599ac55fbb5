package io.kefuhub.responder.example;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Orders as the settings list them. Immutable. */
record ListedOrders(Map<String, String> states) implements Orders {
    ListedOrders {
        states = Map.copyOf(states);
    }

    /** @param wrong what is thrown for a line that names no number and state */
    static ListedOrders of(List<String> lines, Function<String, RuntimeException> wrong) {
        var states = new HashMap<String, String>();
        for (var line : lines) {
            var words = line.strip().split("\\s+", 2);
            if (words.length < 2 || !OrderQuestion.isNumber(words[0])) throw wrong.apply(line);
            states.put(OrderQuestion.plain(words[0]), words[1]);
        }
        return new ListedOrders(states);
    }

    @Override
    public Optional<String> state(String number) {
        return Optional.ofNullable(states.get(number));
    }
}
