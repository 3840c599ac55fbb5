package io.kefuhub.core.plugin.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.HubPlugin;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Terms;
import io.kefuhub.core.plugin.life.LoadedPlugin;
import io.kefuhub.core.plugin.life.Origin;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarFormatTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Facts FACTS = new Facts("shop", "web", Language.EN, Map.of(), Instant.EPOCH, List.of());
    private static final String SHOUT = """
            return Verdict.rewrite(List.of(new Part.Text(message.text().toUpperCase(Locale.ROOT))));""";

    @TempDir
    Path folder;

    private static final JarInspection INSPECTION =
            new JarInspection(false, Path.of("nowhere"), InstantSource.system());
    private final Map<String, LoadedPlugin> loaded = new LinkedHashMap<>();
    private final Guard guard = new Guard();
    private final JarFormat format = new JarFormat(guard, INSPECTION);
    private final FakeContext context = new FakeContext("shout-1");

    @AfterEach
    void end() {
        loaded.values().forEach(LoadedPlugin::unload);
        guard.close();
        context.close();
    }

    @Test
    void a_plugin_sees_the_api_and_the_jdk_and_nothing_of_the_hub() throws Exception {
        load(PluginJar.filter("curious", "1.0.0", """
                        for (var name : message.text().split(" ")) {
                            try {
                                Class.forName(name);
                                return Verdict.block(name);
                            } catch (ClassNotFoundException e) {
                                // as it should be
                            }
                        }
                        var resource = Thread.currentThread().getContextClassLoader().getResource("logback-command.xml");
                        return resource == null ? Verdict.pass() : Verdict.block("resource");"""));
        var slot = slot("curious");

        var hidden = "com.fasterxml.jackson.databind.ObjectMapper io.javalin.Javalin org.pf4j.PluginManager"
                + " okhttp3.OkHttpClient org.jdbi.v3.core.Jdbi io.kefuhub.core.plugin.Guard io.kefuhub.core.Main";
        assertThat(apply(slot, hidden).answer()).contains(Verdict.pass());
        assertThat(apply(slot, "org.slf4j.LoggerFactory").answer()).contains(Verdict.block("org.slf4j.LoggerFactory"));
        assertThat(apply(slot, "java.net.http.HttpClient").answer())
                .contains(Verdict.block("java.net.http.HttpClient"));
    }

    @Test
    void two_plugins_bring_the_same_library_in_their_own_way() throws Exception {
        for (var id : List.of("one", "two")) {
            load(PluginJar.filter(id, "1.0.0", "return Verdict.hold(org.example.Library.NAME);")
                    .source("org.example.Library", """
                            package org.example;

                            public final class Library {
                                public static final String NAME = new String("library of %s");
                            }
                            """.formatted(id)));
        }

        assertThat(apply(slot("one"), "hi").answer()).contains(Verdict.hold("library of one"));
        assertThat(apply(slot("two"), "hi").answer()).contains(Verdict.hold("library of two"));
    }

    @Test
    void libraries_that_clash_with_the_hubs_own_harm_neither() throws Exception {
        var jar = PluginJar.filter("clasher", "1.0.0", """
                        org.slf4j.LoggerFactory.getLogger("ext").debug("the hub's");
                        return Verdict.hold(new com.fasterxml.jackson.databind.ObjectMapper().shout(message.text()));""")
                .source("com.fasterxml.jackson.databind.ObjectMapper", """
                        package com.fasterxml.jackson.databind;

                        public final class ObjectMapper {
                            public String shout(String text) {
                                return "ours: " + text;
                            }
                        }
                        """)
                .file("org/slf4j/LoggerFactory.class", PluginJar.compiled("org.slf4j.LoggerFactory", """
                        package org.slf4j;

                        public final class LoggerFactory {
                            public static int nothingElse() {
                                return 1;
                            }
                        }
                        """));

        load(jar);

        assertThat(apply(slot("clasher"), "hi").answer()).contains(Verdict.hold("ours: hi"));
        assertThat(Json.text(Map.of("still", "works"))).isEqualTo("{\"still\":\"works\"}");
        assertThat(org.slf4j.LoggerFactory.getLogger("hub").getName()).isEqualTo("hub");
    }

    @Test
    void an_api_bundled_by_mistake_does_no_harm() throws Exception {
        var jar = PluginJar.filter("bundler", "1.0.0", SHOUT);
        for (var name : List.of("HubPlugin", "filter/Verdict", "filter/Verdict$Pass", "filter/Filter")) {
            var path = "io/kefuhub/api/" + name + ".class";
            try (var in = HubPlugin.class.getClassLoader().getResourceAsStream(path)) {
                jar.file(path, java.util.Objects.requireNonNull(in).readAllBytes());
            }
        }

        load(jar);

        assertThat(apply(slot("bundler"), "hi").answer()).contains(Verdict.rewrite(List.of(new Part.Text("HI"))));
    }

    @Test
    void a_wrong_manifest_is_named() throws Exception {
        assertRefused(() -> load(PluginJar.filter("shout", "1.0.0", SHOUT).without("Plugin-Id")), "lacks Plugin-Id");
        assertRefused(() -> load(PluginJar.filter("shout", "one", SHOUT)), "unusable Plugin-Version: one");
        assertRefused(
                () -> load(PluginJar.filter("shout", "1.0.0", SHOUT).manifest("Plugin-Id", "../up")),
                "unusable Plugin-Id: ../up");
        assertRefused(
                () -> load(PluginJar.filter("shout", "1.0.0", SHOUT).manifest("Plugin-Requires", "yes please")),
                "Plugin-Requires");
        assertRefused(
                () -> load(PluginJar.filter("shout", "1.0.0", SHOUT).manifest("Plugin-Class", "ext.Nothing")),
                "Its Plugin-Class ext.Nothing is not in the jar");
        assertRefused(
                () -> load(
                        PluginJar.filter("shout", "1.0.0", SHOUT).manifest("Plugin-Class", "ext.ThePlugin$TheFilter")),
                "does not implement io.kefuhub.api.HubPlugin");
    }

    @Test
    void a_plugin_made_for_a_newer_api_is_refused_with_both_versions() throws Exception {
        assertRefused(
                () -> load(PluginJar.filter("shout", "1.0.0", SHOUT).manifest("Plugin-Requires", ">=2.0.0 & <3.0.0")),
                "It requires version >=2.0.0 & <3.0.0 of the plugin API, and this hub has 1.0.0");
    }

    @Test
    void a_constructor_that_throws_refuses_the_plugin() throws Exception {
        var jar = PluginJar.of("angry", "1.0.0").source("ext.ThePlugin", """
                package ext;

                public final class ThePlugin implements io.kefuhub.api.HubPlugin {
                    public ThePlugin() {
                        throw new IllegalStateException("no");
                    }

                    @Override
                    public java.util.List<io.kefuhub.api.Contribution> contributions() {
                        return java.util.List.of();
                    }
                }
                """);

        assertRefused(() -> load(jar), "its constructor threw java.lang.IllegalStateException: no");
    }

    @Test
    void contributions_that_throw_are_null_or_none_refuse_the_plugin() throws Exception {
        assertRefused(() -> load(contributing("throw new IllegalStateException(\"none today\");")), "none today");
        assertRefused(() -> load(contributing("return null;")), "It does not start");
        assertRefused(() -> load(contributing("return java.util.List.of();")), "it offers nothing");
    }

    @Test
    void a_wrong_setting_is_an_answer_that_names_the_key() throws Exception {
        load(PluginJar.of("picky", "1.0.0").source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.filter.*;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    static final SettingSpec MOST = SettingSpec.number("most", "Most");

                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new FilterFactory() {
                            @Override
                            public Description description() {
                                return new Description("picky", Map.of(Language.EN, "Picky"), List.of(MOST));
                            }

                            @Override
                            public Filter create(Settings settings, FilterContext context) {
                                settings.number(MOST);
                                throw new IllegalStateException("never here");
                            }
                        });
                    }
                }
                """));
        var offer = offer("picky");
        var slot = Slot.<Filter>empty(offer, "picky-1", 1, Terms.of(Kind.FILTER));

        var made = guard.create(slot, offer, Settings.of(Map.of("most", "many")), context);

        assertThat(made.answer())
                .contains(new CheckResult.Wrong(List.of(
                        new CheckResult.Problem("most", Localized.of("a whole number is expected", "应填写整数。")))));
    }

    private void load(PluginJar jar) throws IOException, RefusedException {
        var copy = jar.build(Files.createTempFile(folder, "plugin", ".jar"));
        var plugin = format.load(copy, format.inspect(copy, Origin.FOLDER));
        loaded.put(plugin.version().id(), plugin);
    }

    private static PluginJar contributing(String body) {
        return PluginJar.of("moody", "1.0.0").source("ext.ThePlugin", """
                package ext;

                public final class ThePlugin implements io.kefuhub.api.HubPlugin {
                    @Override
                    public java.util.List<io.kefuhub.api.Contribution> contributions() {
                        %s
                    }
                }
                """.formatted(body));
    }

    private static void assertRefused(ThrowingCallable load, String reason) {
        assertThatThrownBy(load).isInstanceOf(RefusedException.class).hasMessageContaining(reason);
    }

    private Offer<?> offer(String id) {
        return loaded.values().stream()
                .flatMap(plugin -> plugin.offers().stream())
                .filter(offer -> offer.description().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Slot<Filter> slot(String id) {
        var offer = offer(id);
        var slot = Slot.<Filter>empty(offer, id, 1, Terms.of(Kind.FILTER).withDeadline(PATIENCE));
        assertThat(guard.create(slot, offer, Settings.of(Map.of()), context).answer())
                .contains(new CheckResult.Fine());
        return slot;
    }

    private Asked<Verdict> apply(Slot<Filter> slot, String text) {
        return guard.apply(slot, Message.of(text), FACTS, Stage.CUSTOMER_IN);
    }
}
