package io.kefuhub.dist;

import io.kefuhub.core.plugin.jar.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plugin whose form has a field of each type, one of them only when another says so; it tells what it was given. */
final class FormPlugin {
    static final String ID = "filter-form";

    private static final String SOURCE = """
            package ext;

            import io.kefuhub.api.*;
            import io.kefuhub.api.filter.*;
            import io.kefuhub.api.message.*;
            import java.util.*;

            public final class ThePlugin implements HubPlugin {
                static final SettingSpec NOTE = SettingSpec.text("note", "Note").withLabel(Language.ZH_CN, "备注");
                static final SettingSpec TOKEN = SettingSpec.secret("token", "Token").withLabel(Language.ZH_CN, "令牌");
                static final SettingSpec MOST = SettingSpec.number("most", "At most").withLabel(Language.ZH_CN, "上限");
                static final SettingSpec REST = SettingSpec.duration("rest", "Rest").withLabel(Language.ZH_CN, "间隔");
                static final SettingSpec MODE = SettingSpec.choice("mode", "Mode", List.of("mild", "strict"))
                        .withLabel(Language.ZH_CN, "方式");
                static final SettingSpec REASON = SettingSpec.text("reason", "Reason")
                        .withLabel(Language.ZH_CN, "原因")
                        .onlyWhen(MODE, "strict");
                static final SettingSpec WORDS = SettingSpec.list("words", "Words").withLabel(Language.ZH_CN, "词表");
                static final SettingSpec SAYINGS = SettingSpec.texts(
                                "sayings",
                                "Sayings",
                                Map.of(Language.EN, Map.of("hello", "Hello"), Language.ZH_CN, Map.of("hello", "你好")))
                        .withLabel(Language.ZH_CN, "说法");
                static final SettingSpec LOUD = SettingSpec.flag("loud", "Loud").withLabel(Language.ZH_CN, "大声");
                static final SettingSpec PAPER = SettingSpec.file("paper", "Paper").withLabel(Language.ZH_CN, "附件");
                static final SettingSpec PLACE =
                        SettingSpec.address("place", "Place").withLabel(Language.ZH_CN, "地址");

                @Override
                public List<Contribution> contributions() {
                    return List.of(new Factory());
                }

                static final class Factory implements FilterFactory {
                    @Override
                    public Description description() {
                        return new Description(
                                "form",
                                Map.of(Language.EN, "Form", Language.ZH_CN, "表单"),
                                List.of(NOTE, TOKEN, MOST, REST, MODE, REASON, WORDS, SAYINGS, LOUD, PAPER, PLACE));
                    }

                    @Override
                    public Filter create(Settings settings, FilterContext context) {
                        var reason = settings.text(MODE).equals("strict") ? settings.text(REASON) : "";
                        return new Told(String.join("|",
                                settings.text(NOTE),
                                "token of " + settings.text(TOKEN).length(),
                                String.valueOf(settings.number(MOST)),
                                settings.duration(REST).toString(),
                                settings.text(MODE) + reason,
                                settings.list(WORDS).toString(),
                                settings.texts(SAYINGS).toString(),
                                String.valueOf(settings.flag(LOUD)),
                                settings.text(PAPER).isBlank() ? "no paper" : "paper",
                                settings.address(PLACE).getHost()));
                    }
                }

                record Told(String all) implements Filter {
                    @Override
                    public Set<Stage> stages() {
                        return Set.of(Stage.BOT_OUT);
                    }

                    @Override
                    public Verdict apply(Message message, Facts facts, Stage stage) {
                        return Verdict.rewrite(List.of(new Part.Text(message.text() + " <" + all + ">")));
                    }
                }
            }
            """;

    private FormPlugin() {}

    /** The plugin, as a file of its own. */
    static Path built() {
        try {
            return PluginJar.of(ID, "1.0.0")
                    .manifest("Plugin-Secrets", "yes")
                    .source("ext.ThePlugin", SOURCE)
                    .build(Files.createTempDirectory("form").resolve(ID + "-1.0.0.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
