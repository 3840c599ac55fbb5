package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.kit.Broken;
import io.kefuhub.api.kit.FilterQuestions;
import io.kefuhub.api.kit.Question;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that the contract of what a module is asks of it. Immutable. */
final class ModuleContract {
    private final Set<Answers> answers;
    private final LiveModule module;
    private final LiveModule other;
    private final List<AskedCase> cases;

    /** Told of each question: how it went, and how long it took. */
    interface Told {
        void of(String question, Optional<String> why, Duration took);
    }

    /**
     * @param other the same module once more, which nobody has asked yet
     * @param cases of its own, which are asked again in other ways
     */
    ModuleContract(Set<Answers> answers, LiveModule module, LiveModule other, List<AskedCase> cases) {
        this.answers = answers;
        this.module = module;
        this.other = other;
        this.cases = List.copyOf(cases);
    }

    /** Asks everything; returns how many promises are broken. */
    int ask(Told told) throws RefusedException {
        var broken = 0;
        for (var question : questions()) {
            var began = System.nanoTime();
            var why = broken(question);
            told.of(question.in(Language.EN), why, Duration.ofNanos(System.nanoTime() - began));
            if (why.isPresent()) broken++;
        }
        return broken;
    }

    private List<Question> questions() throws RefusedException {
        var asked = AskedModule.of(module);
        var questions = new ArrayList<Question>();
        for (var one : answers) {
            questions.addAll(
                    switch (one) {
                        case FILTER -> filter(asked);
                        case TRANSLATOR -> new TranslatorTrial(asked).all();
                        case MODEL -> new DialectTrial(asked).all();
                        case CHANNEL -> new ChannelTrial(asked).all();
                    });
        }
        var again = again();
        if (!again.isEmpty()) {
            questions.addAll(new SamenessTrial(asked, AskedModule.of(other), again).all());
        }
        return questions;
    }

    private List<Question> filter(AskedModule asked) {
        return FilterQuestions.about(new Patient(module, asked.settings().open()))
                .all();
    }

    /** The module as a filter that a busy machine may hold up: that it answers in time is a question of its own. */
    private record Patient(LiveModule module, Map<String, String> settings) implements Filter {
        @Override
        public Set<Stage> stages() {
            return module.manifest().stages();
        }

        @Override
        public Verdict apply(Message message, Facts facts, Stage stage) {
            var errand = FilterErrand.of(message, facts, stage, Subject.NONE, Instant.EPOCH, settings, (_, _) -> {});
            var said = module.ask(module.manifest().entry(), errand, AskedModule.PATIENT);
            return FilterAnswer.read(said, message, stage);
        }
    }

    /** What is asked again and again: a question of each function, those about what is odd, and those of its cases. */
    private List<SamenessTrial.Asked> again() {
        var again = new ArrayList<SamenessTrial.Asked>();
        for (var one : answers) {
            switch (one) {
                case FILTER -> {}
                case TRANSLATOR -> {
                    add(again, WasmTranslator.FUNCTION, TranslatorTrial.question(List.of("一", Promises.SAID), "en"));
                    add(again, WasmTranslator.FUNCTION, TranslatorTrial.question(List.of("二"), "tlh"));
                }
                case MODEL -> {
                    add(again, WasmModel.REQUEST, DialectTrial.question(true));
                    add(again, WasmModel.REQUEST, DialectTrial.question(false));
                    add(again, WasmModel.EVENT, DialectTrial.line("data: {}"));
                    add(again, WasmModel.EVENT, DialectTrial.body(429, "{}"));
                }
                case CHANNEL -> {
                    add(again, WasmChannel.RECEIVE, ChannelTrial.call("{}"));
                    add(again, WasmChannel.DELIVER, ChannelTrial.reply());
                    add(again, WasmChannel.DELIVER, Responses.after(ChannelTrial.reply(), Responses.status(200, "{}")));
                }
            }
        }
        for (var one : cases) {
            for (var question : one.questions()) add(again, one.function(), question);
        }
        return again;
    }

    private static void add(List<SamenessTrial.Asked> to, String function, ObjectNode question) {
        to.add(new SamenessTrial.Asked(function, question));
    }

    private static Optional<String> broken(Question question) {
        try {
            question.ask();
            return Optional.empty();
        } catch (Broken broken) {
            return Optional.of(broken.in(Language.EN));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (Exception e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
