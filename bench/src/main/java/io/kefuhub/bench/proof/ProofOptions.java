package io.kefuhub.bench.proof;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How much of what.
 *
 * @param amount the first word: how many kills, or how many seconds
 * @param customers {@code --customers 48}
 * @param seed {@code --seed 1}: two proofs with one seed make the same choices, though not at the same moments
 * @param only {@code --only database}: kills nothing else
 */
record ProofOptions(int amount, int customers, long seed, Optional<Blow> only) {
    static ProofOptions of(List<String> words, int usual) {
        var seed = ThreadLocalRandom.current().nextInt(1_000_000);
        var named = words.isEmpty() || words.getFirst().startsWith("--") ? words : words.subList(1, words.size());
        var amount = named == words ? usual : Integer.parseInt(words.getFirst());
        if (named.size() % 2 != 0) throw new IllegalArgumentException(named.getLast() + " needs a value");
        var options = new ProofOptions(amount, 48, seed, Optional.empty());
        for (var i = 0; i < named.size(); i += 2) options = options.with(named.get(i), named.get(i + 1));
        return options;
    }

    private ProofOptions with(String name, String value) {
        return switch (name) {
            case "--customers" -> new ProofOptions(amount, Integer.parseInt(value), seed, only);
            case "--seed" -> new ProofOptions(amount, customers, Long.parseLong(value), only);
            case "--only" ->
                new ProofOptions(amount, customers, seed, Optional.of(Blow.valueOf(value.toUpperCase(Locale.ROOT))));
            default -> throw new IllegalArgumentException("there is no option " + name);
        };
    }
}
