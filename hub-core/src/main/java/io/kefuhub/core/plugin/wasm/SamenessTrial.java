package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.kit.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks a module the same again, and looks whether it keeps anything from one call to the next. Immutable. */
final class SamenessTrial {
    private static final int THREADS = 8;

    private final AskedModule module;
    private final AskedModule other;
    private final List<Asked> questions;

    /** One question to one function. */
    record Asked(String function, ObjectNode question) {}

    /** @param other the same module in an instance that nobody has asked yet */
    SamenessTrial(AskedModule module, AskedModule other, List<Asked> questions) {
        this.module = module;
        this.other = other;
        this.questions = List.copyOf(questions);
    }

    List<Question> all() {
        return List.of(
                new Question("answers the same whatever it was asked in between", "无论中间问过什么，回答都相同", this::inBetween),
                new Question("answers the same in a fresh instance", "在全新的实例中回答相同", this::fresh),
                new Question("answers the same to eight who ask at once", "八个线程同时询问时回答相同", this::atOnce));
    }

    private List<AskedModule.Said> answers(AskedModule who, List<Asked> asked) {
        return asked.stream()
                .map(one -> who.ask(one.function(), one.question()))
                .toList();
    }

    private void inBetween() {
        var first = answers(module, questions);
        answers(module, questions.reversed());
        mustBeSame(first, answers(module, questions));
    }

    private void fresh() {
        mustBeSame(answers(module, questions), answers(other, questions));
    }

    private void atOnce() throws InterruptedException {
        var alone = answers(module, questions);
        // Virtual, as those of the hub are who ask for a model or a channel.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<List<AskedModule.Said>>>();
            for (var i = 0; i < THREADS; i++) all.add(threads.submit(() -> answers(module, questions)));
            for (var one : all) mustBeSame(alone, one.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void mustBeSame(List<AskedModule.Said> first, List<AskedModule.Said> then) {
        for (var i = 0; i < first.size(); i++) {
            Promises.unless(
                    first.get(i).equals(then.get(i)),
                    questions.get(i).function() + ": first " + Promises.shown(first.get(i)) + ", then "
                            + Promises.shown(then.get(i)),
                    questions.get(i).function() + "：先是 " + Promises.shown(first.get(i)) + "，后是 "
                            + Promises.shown(then.get(i)));
        }
    }
}
