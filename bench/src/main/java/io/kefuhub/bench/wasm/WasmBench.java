package io.kefuhub.bench.wasm;

import io.kefuhub.core.plugin.wasm.guest.WasmEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Asks one module through several engines in one run, in turn, and prints one table of medians. */
public final class WasmBench {
    private static final int ROUNDS = 5;
    private static final int CALLS = 1_000;
    /** The compiler is Java too, and must become fast itself first. */
    private static final Duration WARM_UP = Duration.ofSeconds(8);

    private static final double MOST = 2.0;

    private WasmBench() {}

    /** @param arguments the repository's folder */
    public static void main(String[] arguments) throws Exception {
        var root = Path.of(arguments[0]);
        var question = Question.read(root.resolve("wasm-plugins/mask-words/mask-words.wasm"));
        var scratch = Files.createTempDirectory("wasm-bench");
        try (var engine = new WasmEngine(scratch.resolve("engine"));
                var hub = new HubPeer(engine, question)) {
            var node = new NodePeer(root.resolve("bench/src/main/node/ask.mjs"), question, scratch);
            var peers = List.<Peer>of(hub, node, new ChicoryPeer(question));
            for (var peer : List.of(peers.get(0), peers.get(2))) {
                warm(peer, true);
                warm(peer, false);
            }
            System.out.printf(
                    "%d bytes in, %d bytes of module; medians of %d rounds of %d calls, in µs%n",
                    question.input().length, question.module().length, ROUNDS, CALLS);
            System.exit(table(peers) ? 0 : 1);
        }
    }

    private static void warm(Peer peer, boolean fresh) throws Exception {
        var end = System.nanoTime() + WARM_UP.toNanos();
        while (System.nanoTime() - end < 0) peer.ask(CALLS, fresh);
    }

    private static boolean table(List<Peer> peers) throws Exception {
        var medians = new TreeMap<String, double[]>();
        for (var fresh : new boolean[] {true, false}) {
            var rounds = new double[peers.size()][ROUNDS];
            for (var round = 0; round < ROUNDS; round++) {
                for (var i = 0; i < peers.size(); i++)
                    rounds[i][round] = median(peers.get(i).ask(CALLS, fresh));
            }
            medians.put(
                    fresh ? "fresh instance" : "kept instance",
                    Arrays.stream(rounds).mapToDouble(WasmBench::median).toArray());
        }
        System.out.printf("%-28s", "");
        medians.keySet().forEach(how -> System.out.printf("%16s", how));
        System.out.println();
        for (var i = 0; i < peers.size(); i++) {
            var peer = i;
            System.out.printf("%-28s", peers.get(i).name());
            medians.values().forEach(row -> System.out.printf(Locale.ROOT, "%16.1f", row[peer] / 1_000));
            System.out.println();
        }
        System.out.printf("%-28s", "the hub against Node");
        medians.values().forEach(row -> System.out.printf(Locale.ROOT, "%15.2f×", row[0] / row[1]));
        System.out.println();
        return medians.values().stream().allMatch(row -> row[0] <= MOST * row[1]);
    }

    private static double median(long[] values) {
        return median(Arrays.stream(values).asDoubleStream().toArray());
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
