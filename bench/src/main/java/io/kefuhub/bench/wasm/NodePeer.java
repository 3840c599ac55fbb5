package io.kefuhub.bench.wasm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Node, in a process of its own for each round, which warms itself up. */
final class NodePeer implements Peer {
    private final List<String> command;

    /** @param script that asks; it prints a number of nanoseconds for each call */
    NodePeer(Path script, Question question, Path scratch) throws IOException {
        var module = Files.write(scratch.resolve("module.wasm"), question.module());
        var input = Files.write(scratch.resolve("input.json"), question.input());
        var words = Files.writeString(scratch.resolve("words.txt"), question.words());
        var answer = Files.writeString(scratch.resolve("answer.json"), question.answer());
        command = List.of(
                "node", script.toString(), module.toString(), input.toString(), words.toString(), answer.toString());
    }

    @Override
    public String name() {
        return "Node (V8)";
    }

    @Override
    public long[] ask(int calls, boolean fresh) throws Exception {
        var words = new java.util.ArrayList<>(command);
        words.add(Integer.toString(calls));
        words.add(fresh ? "fresh" : "kept");
        var process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IllegalStateException("node failed: " + said);
        return Arrays.stream(said.strip().split("\\s+"))
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
