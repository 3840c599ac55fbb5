package io.kefuhub.bench.words;

import com.github.houbb.sensitive.word.bs.SensitiveWordBs;
import com.sun.management.ThreadMXBean;
import io.kefuhub.bench.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Looks for 60,000 words in what customers ordinarily write, with the hub's filter and with a library that many use, in
 * turn, on one core. {@code bench/words} calls it. The words are those that the library brings.
 */
public final class WordsBench {
    private static final int WORDS = 60_000;
    private static final int ROUNDS = 7;
    private static final long WARM_UP = 8_000_000_000L;
    private static final long ROUND = 1_000_000_000L;
    private static final double LEAST = 40e6;
    private static final double LEAST_TIMES = 10;
    private static final double MOST_LOAD_SECONDS = 2;
    private static final double MOST_LOAD_MIB = 40;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private WordsBench() {}

    /** One matcher and what a round of it gave. */
    private static final class Contender {
        private final String name;
        private final IntSupplier pass;
        private final double[] speeds = new double[ROUNDS];
        private double bytesPerMessage;

        Contender(Matcher matcher, List<String> texts) {
            name = matcher.name();
            pass = matcher.over(texts);
        }

        double median() {
            var sorted = speeds.clone();
            Arrays.sort(sorted);
            return sorted[ROUNDS / 2];
        }
    }

    /** {@code DIST ROOT}: the packaged hub, and the repository for the sentences. */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        var jar = jar(Path.of(arguments[0]).resolve("plugins-available"));
        var sentences = Files.readAllLines(Path.of(arguments[1])
                .resolve("plugins/filter-sensitive-words/src/test/resources/io/kefuhub/filter/words/ordinary.txt"));
        System.out.print(Machine.describe());
        System.exit(new WordsBench().run(jar, sentences) ? 0 : 1);
    }

    private static Path jar(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("filter-sensitive-words-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private boolean run(Path jar, List<String> sentences) throws IOException, ReflectiveOperationException {
        var listed = listed();
        var before = used();
        var began = System.nanoTime();
        try (var hub = new HubFilter(jar, listed)) {
            var seconds = (System.nanoTime() - began) / 1e9;
            var mebibytes = (used() - before) / (double) (1 << 20);
            try (var peer = new HoubbWords(listed)) {
                var clean = sentences.stream()
                        .filter(text -> hub.isClean(text) && peer.isClean(text))
                        .toList();
                var contenders = List.of(new Contender(hub, clean), new Contender(peer, clean));
                measure(contenders, clean);
                return report(contenders, clean, seconds, mebibytes);
            }
        }
    }

    /** The first of the library's own words that are words and nothing of a list's notation. */
    private static List<String> listed() throws IOException {
        try (var in = SensitiveWordBs.class.getResourceAsStream("/sensitive_word_dict.txt")) {
            if (in == null) throw new IllegalStateException("the library brings no words");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(word -> word.length() > 1 && word.chars().allMatch(Character::isLetterOrDigit))
                    .distinct()
                    .limit(WORDS)
                    .toList();
        }
    }

    private static long used() {
        for (var i = 0; i < 3; i++) System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void measure(List<Contender> contenders, List<String> texts) {
        for (var one : contenders) speed(one, texts, WARM_UP);
        for (var round = 0; round < ROUNDS; round++) {
            for (var one : contenders) one.speeds[round] = speed(one, texts, ROUND);
        }
    }

    /** Characters a second; notes what a message allocated. */
    private double speed(Contender one, List<String> texts, long nanos) {
        var characters = texts.stream().mapToLong(String::length).sum();
        var allocated = threads.getCurrentThreadAllocatedBytes();
        var began = System.nanoTime();
        var passes = 0L;
        long took;
        do {
            if (one.pass.getAsInt() != texts.size())
                throw new UncheckedIOException(new IOException("not the same answer"));
            passes++;
            took = System.nanoTime() - began;
        } while (took < nanos);
        one.bytesPerMessage = (threads.getCurrentThreadAllocatedBytes() - allocated) / ((double) passes * texts.size());
        return passes * characters * 1e9 / took;
    }

    private static boolean report(List<Contender> contenders, List<String> texts, double seconds, double mebibytes) {
        System.out.printf(
                Locale.ROOT,
                "%d words, %d messages without any of them, %.1f characters each; medians of %d rounds on one core%n%n",
                WORDS,
                texts.size(),
                texts.stream().mapToInt(String::length).average().orElse(0),
                ROUNDS);
        System.out.println("| | million characters/s | bytes allocated a message |\n|---|--:|--:|");
        for (var one : contenders) {
            System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f |%n", one.name, one.median() / 1e6, one.bytesPerMessage);
        }
        var hub = contenders.getFirst();
        var times = hub.median() / contenders.getLast().median();
        System.out.printf(Locale.ROOT, "%nloaded in %.2f s, %.1f MiB kept%n", seconds, mebibytes);
        return must(hub.median() >= LEAST, "40 million characters a second")
                & must(times >= LEAST_TIMES, String.format(Locale.ROOT, "ten times the library (%.1f)", times))
                & must(hub.bytesPerMessage < 0.5, "a clean message allocates nothing")
                & must(seconds < MOST_LOAD_SECONDS, "the list is loaded in less than 2 s")
                & must(mebibytes < MOST_LOAD_MIB, "the list takes less than 40 MiB");
    }

    private static boolean must(boolean holds, String what) {
        System.out.println((holds ? "yes: " : "NO: ") + what);
        return holds;
    }
}
