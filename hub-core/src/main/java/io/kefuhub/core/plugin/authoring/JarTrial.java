package io.kefuhub.core.plugin.authoring;

import io.kefuhub.api.Language;
import io.kefuhub.api.kit.FactoryQuestions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.cases.CaseResult;
import io.kefuhub.core.plugin.cases.GoldenCases;
import io.kefuhub.core.plugin.jar.Inspected;
import io.kefuhub.core.plugin.jar.JarFormat;
import io.kefuhub.core.plugin.jar.JarInspection;
import io.kefuhub.core.plugin.jar.Signature;
import io.kefuhub.core.plugin.life.LoadedPlugin;
import io.kefuhub.core.plugin.life.Origin;
import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Takes one jar through what the hub does with it before it serves, and then through the contract kit. One thread only. */
final class JarTrial {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Map<Kind, Words> KINDS = new EnumMap<>(Map.of(
            Kind.CHANNEL, new Words("channel", "渠道"),
            Kind.FILTER, new Words("filter", "过滤器"),
            Kind.RESPONDER, new Words("responder", "应答"),
            Kind.AI_PROVIDER, new Words("AI provider", "AI 服务商"),
            Kind.TRANSLATOR, new Words("translator", "翻译"),
            Kind.DIRECTORY, new Words("directory", "客户目录")));

    private final TestOptions options;
    private final Report report;
    private final Guard guard;
    private final JarInspection inspection;
    private final JarFormat format;

    JarTrial(TestOptions options, Report report, Guard guard, JarInspection inspection, JarFormat format) {
        this.options = options;
        this.report = report;
        this.guard = guard;
        this.inspection = inspection;
        this.format = format;
    }

    void of(Path copy) throws IOException, TestOptions.UsageException {
        var began = System.nanoTime();
        try {
            report.section("What it is", "基本情况");
            var inspected = inspection.inspect(copy);
            tell(inspected, since(began));
            report.section("What it offers", "提供的组件");
            began = System.nanoTime();
            var loaded = format.load(copy, format.inspect(copy, Origin.FOLDER));
            try {
                of(inspected, loaded, since(began));
            } finally {
                unload(loaded);
            }
        } catch (RefusedException e) {
            if (e.refusal().filter(one -> one.why() == Why.NOT_A_JAR).isPresent()) {
                throw new IOException(e.words().in(report.language()));
            }
            report.bad(report.words("The hub refuses it", "服务会拒绝它"), e.words().in(report.language()), since(began));
        }
    }

    private void of(Inspected inspected, LoadedPlugin loaded, Duration took) throws TestOptions.UsageException {
        report.good(report.words("It starts", "能够启动"), took);
        for (var offer : loaded.offers()) tell(offer);
        options.mustFit(loaded.offers());
        askCases(inspected.cases(), loaded.offers());
        for (var offer : loaded.offers()) askContract(offer, inspected.cases());
    }

    private void unload(LoadedPlugin loaded) {
        try {
            for (var offer : loaded.offers()) guard.close(offer, PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        loaded.unload();
    }

    // What it says of itself

    private void tell(Inspected inspected, Duration took) {
        var about = inspected.about();
        var language = report.language();
        report.good(report.words("The hub has nothing against it", "服务对它没有异议"), took);
        report.line("id        %s", "标识      %s", about.id());
        report.line("version   %s", "版本      %s", about.version());
        report.line("title     %s", "名称      %s", Report.plain(about.titles().getOrDefault(language, about.id())));
        Optional.ofNullable(about.descriptions().get(language))
                .ifPresent(text -> report.line("for       %s", "用途      %s", Report.plain(text)));
        if (!about.provider().isEmpty()) report.line("made by   %s", "作者      %s", Report.plain(about.provider()));
        report.line("plugin API %s; this hub has %s", "插件 API %s；本系统为 %s", about.requires(), JarFormat.API_VERSION);
        report.line("signature %s", "签名      %s", signature(inspected.signature()));
        report.line("asks for  %s", "申请权限  %s", permissions(inspected));
        var libraries = inspected.libraries().packages();
        if (!libraries.isEmpty()) report.line("keeps     %s", "保留的库  %s", String.join(", ", libraries));
        for (var warning : inspected.warnings()) report.warn(warning.in(language));
    }

    private String signature(Signature signature) {
        return switch (signature) {
            case Signature.Unsigned() -> report.words("none", "无");
            case Signature.Broken(var reason) -> reason.words().in(report.language());
            case Signature.Signed(var by, var fingerprint, var trust) ->
                Report.plain(by) + ", SHA-256 " + fingerprint + ", " + trust(trust);
        };
    }

    private String trust(Signature.Trust trust) {
        return switch (trust) {
            case TRUSTED -> report.words("trusted", "受信任");
            case NOT_TRUSTED -> report.words("not trusted by this hub", "不受本系统信任");
            case OUT_OF_DATE -> report.words("its certificate is out of date", "证书不在有效期内");
            case NOT_FOR_CODE -> report.words("its certificate is not for code", "证书不能用于代码签名");
        };
    }

    private String permissions(Inspected inspected) {
        var permissions = inspected.permissions();
        var asked = new ArrayList<String>();
        if (!permissions.hosts().entries().isEmpty()) {
            asked.add(report.words("hosts ", "主机 ")
                    + String.join(", ", permissions.hosts().entries()));
        }
        if (permissions.files()) asked.add(report.words("files of the hub", "本系统的文件"));
        if (permissions.secrets()) asked.add(report.words("secrets such as keys", "密钥等机密设置"));
        permissions.abilities().stream().sorted().forEach(ability -> asked.add(ability.word()));
        return asked.isEmpty() ? report.words("nothing", "无") : String.join("; ", asked);
    }

    private void tell(Offer<?> offer) {
        var description = offer.description();
        report.line(
                "%s %s: %s",
                "%s %s：%s", kind(offer), description.id(), Report.plain(description.title(report.language())));
        for (var setting : description.settings()) {
            var label = setting.labels().getOrDefault(report.language(), "");
            if (label.isEmpty()) label = setting.labels().getOrDefault(Language.EN, "");
            var need = setting.defaultValue()
                    .map(value -> report.words("default ", "默认 ") + Report.plain(value.replace("\n", " / ")))
                    .orElse(setting.required() ? report.words("required", "必填") : report.words("optional", "可选"));
            var type = setting.choices().isEmpty()
                    ? setting.type().name().toLowerCase(Locale.ROOT)
                    : String.join("|", setting.choices());
            var when = setting.onlyWhen()
                    .map(one -> report.words(", when %s is %s", ", 仅当 %s 为 %s", one.key(), Report.plain(one.value())))
                    .orElse("");
            report.detail(setting.key() + " (" + type + ", " + need + when + ") " + Report.plain(label));
        }
    }

    private String kind(Offer<?> offer) {
        return KINDS.getOrDefault(offer.kind(), new Words("", "")).in(report.language());
    }

    // What it is asked

    private void askCases(GoldenCases cases, List<Offer<?>> offers) {
        report.section("Golden cases", "黄金用例");
        if (cases.count() == 0) {
            report.line("none (META-INF/kefuhub/cases/*.json)", "无（META-INF/kefuhub/cases/*.json）");
            return;
        }
        for (var result : cases.run(guard, offers)) {
            switch (result) {
                case CaseResult.Passed(var file, var name) ->
                    report.good(file + ": " + Report.plain(name), Duration.ZERO);
                case CaseResult.Failed(var file, var name, var expected, var got) ->
                    report.bad(
                            file + ": " + Report.plain(name),
                            report.words("expected %s\ngot      %s", "期望 %s\n实际 %s", expected, Report.plain(got)),
                            Duration.ZERO);
                case CaseResult.NotAsked(var file, var reason) ->
                    report.bad(file, reason.words().in(report.language()), Duration.ZERO);
            }
        }
    }

    private void askContract(Offer<?> offer, GoldenCases cases) {
        var id = offer.description().id();
        report.section("The contract of %s %s", "%s %s 的契约", kind(offer), id);
        var values = new HashMap<>(cases.settings(offer.kind(), id));
        values.putAll(options.givenTo(offer));
        var missing = offer.description().settings().stream()
                .filter(setting -> setting.required() && setting.defaultValue().isEmpty())
                .filter(setting -> FactoryQuestions.isAsked(setting, offer.description(), values))
                .map(setting -> setting.key())
                .filter(key -> values.getOrDefault(key, "").isBlank())
                .toList();
        if (!missing.isEmpty()) {
            report.open(
                    "No instance can be made without: %s. Give each with --set %s=VALUE.",
                    "缺少以下设置，无法创建实例：%s。请逐一用 --set %s=值 给出。", String.join(", ", missing), missing.getFirst());
            return;
        }
        new ContractRun(report, guard, offer, values).ask();
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
