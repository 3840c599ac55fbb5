package io.kefuhub.core.plugin.authoring;

import io.kefuhub.core.plugin.jar.PluginJar;

/** Plugins of the kinds that ask a service or records, as jars; each keeps its contract unless it is spoilt. */
final class AskedPlugins {
    private AskedPlugins() {}

    /**
     * A provider that speaks one JSON document a line.
     *
     * @param address where it asks, as a Java expression that may name {@code key}
     * @param outcome what it makes of how a call ended, as statements that may name {@code call}, {@code text} and
     *     {@code ended}
     */
    static PluginJar provider(String address, String outcome) {
        return jar(
                        "AiProviderFactory",
                        "AiProvider",
                        "AiProviderContext",
                        "var key = settings.text(KEY);",
                        """
                public AiReply reply(AiRequest request, AiSink sink, Cancel cancel) {
                    if (cancel.isRequested()) return new AiReply.Cancelled("", Usage.UNKNOWN, false);
                    var headers = Map.of("Authorization", key);
                    var call = context.http().call(Http.Request.postJson(
                            java.net.URI.create(%s), headers, "{}", java.time.Duration.ofSeconds(60)));
                    cancel.onRequest(call::cancel);
                    var heard = new StringBuilder();
                    var done = new boolean[1];
                    var came = call.lines(line -> {
                        var piece = java.util.regex.Pattern.compile("\\"content\\":\\"([^\\"]+)\\"").matcher(line);
                        if (piece.find()) {
                            heard.append(piece.group(1));
                            sink.content(piece.group(1));
                        }
                        done[0] |= line.contains("\\"done\\":true");
                    });
                    var text = heard.toString();
                    var ended = done[0];
                    %s
                    return switch (came) {
                        case Http.Outcome.Answered(var status, var all, var body) ->
                            status == 200 && ended
                                    ? new AiReply.Answer(text, Usage.UNKNOWN, AiReply.Finish.STOP)
                                    : new AiReply.Broken("status " + status, text, Usage.UNKNOWN, true);
                        case Http.Outcome.NotAllowed(var host) ->
                            new AiReply.Broken(host, text, Usage.UNKNOWN, false);
                        case Http.Outcome.Failed(var left, var why) ->
                            new AiReply.Broken(why, text, Usage.UNKNOWN, left);
                        case Http.Outcome.TimedOut(var left) ->
                            new AiReply.Broken("late", text, Usage.UNKNOWN, left);
                        case Http.Outcome.Cancelled(var left) ->
                            new AiReply.Cancelled(text, Usage.UNKNOWN, left);
                    };
                }
                """.formatted(address, outcome))
                .manifest("Plugin-Secrets", "yes");
    }

    /** @param translated what becomes of {@code texts}, as a Java expression */
    static PluginJar translator(String translated) {
        return jar("TranslatorFactory", "Translator", "TranslatorContext", "", """
                public Translation translate(
                        List<String> texts, Language from, Language to, Map<String, String> glossary) {
                    if (!from.equals(Language.EN) || !to.equals(Language.ZH_CN)) return new Translation.NotThisPair();
                    return new Translation.Translated(%s);
                }
                """.formatted(translated));
    }

    /** @param knows whether it tells of {@code contact}, as a Java expression */
    static PluginJar directory(String knows) {
        return jar("DirectoryFactory", "Directory", "DirectoryContext", "", """
                public Found find(Contact contact) {
                    return %s ? new Found.Known("Anna", Map.of("level", "gold"), "") : new Found.Unknown();
                }
                """.formatted(knows));
    }

    private static PluginJar jar(String factory, String made, String context, String create, String body) {
        return PluginJar.of("asked", "1.0.0").source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.ai.*;
                import io.kefuhub.api.channel.*;
                import io.kefuhub.api.directory.*;
                import io.kefuhub.api.translate.*;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    %s

                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new TheFactory());
                    }

                    static final class TheFactory implements %s {
                        @Override
                        public Description description() {
                            return new Description("asked", Map.of(Language.EN, "Asked"), List.of(%s));
                        }

                        @Override
                        public %s create(Settings settings, %s context) {
                            %s
                            return new %s() {
                                @Override
                                %s
                            };
                        }
                    }
                }
                """.formatted(
                        create.isEmpty() ? "" : "static final SettingSpec KEY = SettingSpec.secret(\"key\", \"Key\");",
                        factory,
                        create.isEmpty() ? "" : "KEY",
                        made,
                        context,
                        create,
                        made,
                        body));
    }
}
