package io.kefuhub.core.plugin.authoring;

import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.kit.AiProviderQuestions;
import io.kefuhub.api.kit.Broken;
import io.kefuhub.api.kit.ChannelQuestions;
import io.kefuhub.api.kit.DirectoryQuestions;
import io.kefuhub.api.kit.FactoryQuestions;
import io.kefuhub.api.kit.FilterQuestions;
import io.kefuhub.api.kit.Question;
import io.kefuhub.api.kit.ResponderQuestions;
import io.kefuhub.api.kit.TranslatorQuestions;
import io.kefuhub.api.kit.Turns;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks one contribution what the contract kit asks; each question is given up when it takes too long. One thread only. */
final class ContractRun {
    /** Longer than the kit itself waits for those it asks at once. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    private final Report report;
    private final Guard guard;
    private final Offer<?> offer;
    private final Map<String, String> values;

    /**
     * @param values with which an instance can be made, but for those that have defaults
     */
    ContractRun(Report report, Guard guard, Offer<?> offer, Map<String, String> values) {
        this.report = report;
        this.guard = guard;
        this.offer = offer;
        this.values = Map.copyOf(values);
    }

    void ask() {
        var workbench = new Workbench(guard, offer);
        var ofFactory = new FactoryQuestions(workbench::description, values, workbench::create);
        // Whoever makes no instance at all need not be asked the rest.
        if (!ask(ofFactory.all()) && !isMade(workbench)) return;
        ask(ofInstance(workbench));
        ask(List.of(new Question("leaves no thread behind", "不遗留线程", workbench::mustBeEmpty)));
    }

    private boolean isMade(Workbench workbench) {
        try {
            workbench.create(Settings.of(values)).close();
            return true;
        } catch (Exception | Broken _) {
            return false;
        }
    }

    private List<Question> ofInstance(Workbench workbench) {
        var settings = Settings.of(values);
        return switch (offer.kind()) {
            case FILTER -> FilterQuestions.about(workbench.filter(settings)).all();
            case RESPONDER ->
                new ResponderQuestions(workbench.responder(settings), Turns.of("May I send it back?")).all();
            case CHANNEL ->
                new ChannelQuestions(
                                workbench.channel(settings),
                                () -> guard.publicPaths(offer),
                                request -> GuardedInstances.answered(guard.serve(offer, request)))
                        .all();
            case AI_PROVIDER -> ofProvider(workbench, settings);
            case TRANSLATOR -> ofTranslator(workbench, settings);
            case DIRECTORY -> new DirectoryQuestions(workbench.directory(settings), workbench.calls()).all();
        };
    }

    private List<Question> ofProvider(Workbench workbench, Settings settings) {
        var secrets = offer.description().settings().stream()
                .filter(setting -> setting.type() == SettingSpec.Type.SECRET)
                .map(setting -> values.getOrDefault(setting.key(), ""))
                .toList();
        var questions = new AiProviderQuestions(workbench.provider(settings), workbench.calls(), secrets);
        questions
                .speaks()
                .ifPresentOrElse(
                        dialect -> report.line("speaks    %s", "方言      %s", dialect),
                        () -> report.warn(report.words(
                                "It speaks none of the dialects that are known here: how it reads answers, only its own tests can ask.",
                                "它使用的不是这里已知的方言：如何读取答案，只能由它自己的测试检查。")));
        return questions.all();
    }

    private List<Question> ofTranslator(Workbench workbench, Settings settings) {
        var questions = TranslatorQuestions.about(workbench.translator(settings), workbench.calls());
        questions
                .translates()
                .ifPresentOrElse(
                        pair -> report.line("translates %s", "翻译      %s", pair),
                        () -> report.warn(report.words(
                                "It translates nothing without its service: what becomes of texts, only its own tests can ask.",
                                "没有它的服务就无法翻译：译文如何，只能由它自己的测试检查。")));
        return questions.all();
    }

    /** Says whether all is as it should be. */
    private boolean ask(List<Question> questions) {
        var all = new ArrayList<Optional<String>>();
        for (var question : questions) {
            var began = System.nanoTime();
            var broken = broken(question);
            var took = Duration.ofNanos(System.nanoTime() - began);
            var name = question.in(report.language());
            broken.ifPresentOrElse(why -> report.bad(name, why, took), () -> report.good(name, took));
            all.add(broken);
        }
        return all.stream().allMatch(Optional::isEmpty);
    }

    private Optional<String> broken(Question question) {
        var task = new FutureTask<>(() -> {
            question.ask();
            return true;
        });
        Thread.ofPlatform().daemon().name("question").start(task);
        try {
            task.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(Report.plain(why(e.getCause())));
        } catch (TimeoutException _) {
            task.cancel(true);
            return Optional.of(report.words("no answer after %s s", "%s 秒后仍没有回答", LONGEST.toSeconds()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of(report.words("interrupted", "被中断"));
        }
    }

    private String why(@Nullable Throwable thrown) {
        if (thrown instanceof Broken broken) return broken.in(report.language());
        if (thrown instanceof SettingsException wrong) {
            return report.words(
                    "a setting is wrong: %s",
                    "设置有误：%s", wrong.key() + ": " + wrong.expected().in(report.language()));
        }
        return String.valueOf(thrown);
    }
}
