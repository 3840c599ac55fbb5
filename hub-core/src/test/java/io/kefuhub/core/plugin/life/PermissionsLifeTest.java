package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.kefuhub.api.Language;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.jar.PluginJar;
import io.kefuhub.core.plugin.jar.SigningKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionsLifeTest {
    @TempDir
    Path home;

    private LifeFixture hub;

    @BeforeEach
    void start() throws IOException {
        hub = new LifeFixture(home);
    }

    @AfterEach
    void end() {
        hub.close();
    }

    @Test
    void a_plugin_that_asks_for_hosts_and_files_waits_until_an_admin_allows_them() throws Exception {
        hub.drop(asking("1.0.0", "one"), "say.jar");

        hub.awaitEnd("say.jar", Activation.Outcome.ASKING);
        assertThat(hub.says("say")).isEqualTo("nothing");
        var card = hub.card("say");
        assertThat(card.state()).isEqualTo("asking");
        assertThat(card.versions()).singleElement().satisfies(version -> {
            assertThat(version.asks().hosts()).containsExactly("api.example.com");
            assertThat(version.unapproved()).contains(version.asks());
        });

        var hash = card.versions().getFirst().hash();
        var allowed = hub.life.bring("say", hash, "person:test", true).orElseThrow();

        assertThat(allowed.outcome()).contains(Activation.Outcome.SERVING);
        assertThat(hub.says("say")).isEqualTo("one");
        assertThat(hub.card("say").versions().getFirst().unapproved()).isEmpty();
        assertThat(hub.audited()).contains("plugin.approved");
        hub.restart();
        assertThat(hub.says("say")).isEqualTo("one");
    }

    @Test
    void a_version_that_asks_for_no_more_than_was_allowed_serves_at_once_and_one_that_asks_for_more_waits()
            throws Exception {
        hub.drop(asking("1.0.0", "one"), "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.ASKING);
        hub.life.bring("say", hub.card("say").versions().getFirst().hash(), "person:test", true);

        hub.drop(asking("1.1.0", "two"), "say.jar");
        hub.awaitSays("say", "two");
        hub.drop(asking("1.2.0", "three").manifest("Plugin-Hosts", "api.example.com, *"), "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.ASKING);

        assertThat(hub.says("say")).isEqualTo("two");
        assertThat(hub.card("say").state()).isEqualTo("serving");
        assertThat(hub.card("say").detail().orElseThrow()).contains("allow it");
        assertThat(hub.card("say")
                        .versions()
                        .getFirst()
                        .unapproved()
                        .orElseThrow()
                        .hosts())
                .containsExactly("*");
    }

    @Test
    void whoever_brings_a_version_without_allowing_what_it_asks_for_is_asked_again() throws Exception {
        var asked = hub.upload(asking("1.0.0", "one"));

        assertThat(asked.outcome()).contains(Activation.Outcome.ASKING);
        assertThat(hub.life
                        .bring("say", asked.sha256(), "person:test", false)
                        .orElseThrow()
                        .outcome())
                .contains(Activation.Outcome.ASKING);
        assertThat(hub.says("say")).isEqualTo("nothing");
    }

    @Test
    void an_instance_calls_the_hosts_its_plugin_was_allowed_and_the_address_its_admin_entered_and_no_other()
            throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        var host = "127.0.0.1:" + server.getAddress().getPort();
        hub.drop(calling(), "call.jar");
        hub.awaitEnd("call.jar", Activation.Outcome.SERVING);
        hub.changes.save(call("http://" + host + "/v1"), Set.of(), "person:test");

        assertThat(hub.ask("call", "http://" + host + "/elsewhere").answer())
                .hasValueSatisfying(verdict -> assertThat(verdict.toString()).contains("Answered"));
        assertThat(hub.ask("call", "http://localhost:" + server.getAddress().getPort() + "/")
                        .answer())
                .hasValueSatisfying(verdict -> assertThat(verdict.toString()).contains("NotAllowed"));
        server.stop(0);
    }

    @Test
    void files_are_kept_for_a_plugin_that_was_allowed_them_only() throws Exception {
        hub.upload(keeping());
        assertThat(hub.says("keep")).startsWith("NotAllowed");

        var asked = hub.upload(keeping().manifest("Plugin-Files", "yes"));
        hub.life.bring("keep", asked.sha256(), "person:test", true);

        assertThat(hub.says("keep")).startsWith("Stored");
    }

    @Test
    void a_plugin_that_wants_a_secret_without_asking_for_secrets_is_refused_and_the_setting_named() throws Exception {
        var refused = hub.upload(wantingSecret());

        hub.assertRefused(refused, "Plugin-Secrets: yes");
        assertThat(refused.reason().orElseThrow().en()).contains("key", "vault");
        assertThat(refused.reason().orElseThrow().zh()).contains("密钥", "Plugin-Secrets: yes");
        assertThat(hub.slot("vault")).isEmpty();
    }

    @Test
    void a_plugin_that_asks_for_secrets_waits_until_an_admin_allows_them_and_says_so_on_its_card() throws Exception {
        var asked = hub.upload(wantingSecret().manifest("Plugin-Secrets", "yes"));

        assertThat(asked.outcome()).contains(Activation.Outcome.ASKING);
        assertThat(hub.slot("vault")).isEmpty();
        assertThat(hub.card("vault").versions().getFirst().unapproved().orElseThrow())
                .isEqualTo(new VersionProfile.Asked(List.of(), false, true, List.of()));

        hub.life.bring("vault", asked.sha256(), "person:test", true);

        assertThat(hub.slot("vault")).isPresent();
        assertThat(hub.card("vault").versions().getFirst().unapproved()).isEmpty();
    }

    @Test
    void a_file_that_a_setting_names_is_kept_for_good() throws Exception {
        hub.drop(
                withContext("list", "return Verdict.pass();", "SettingSpec.file(\"words\", \"Words\").optional()"),
                "list.jar");
        hub.awaitEnd("list.jar", Activation.Outcome.SERVING);
        hub.database.useTransaction(tx -> tx.execute("""
                insert into stored_file (id, sha256, size, mime, name, owner_kind, owner_id, created_at, expires_at)
                values ('named', 'a', 1, 'text/plain', 'words.txt', '', '', now(), now()),
                    ('forgotten', 'b', 1, 'text/plain', 'other.txt', '', '', now(), now())"""));

        assertThat(hub.changes.save(instance("list", Map.of("words", "named")), Set.of(), "person:test"))
                .isEmpty();

        List<String> kept =
                hub.database.read(db -> db.createQuery("select id from stored_file where expires_at is null")
                        .mapTo(String.class)
                        .list());
        assertThat(kept).containsExactly("named");
    }

    @Test
    void where_signatures_are_required_an_unsigned_jar_is_refused_and_one_of_a_trusted_signer_serves()
            throws Exception {
        var keys = SigningKeys.in(home).with("author");
        Files.createDirectories(hub.trust());
        keys.writeDer("author", hub.trust().resolve("author.cer"));
        hub.shut();
        hub.signedOnly = true;
        hub.open();

        hub.assertRefused(hub.upload(saying("1.0.0", "one")), "sign");
        var jar = saying("1.0.1", "two").build(Files.createTempFile(home, "built", ".jar"));
        var signed = hub.life.upload("say.jar", Files.readAllBytes(keys.sign(jar, "author")), "person:test");

        assertThat(signed.outcome()).contains(Activation.Outcome.SERVING);
        assertThat(hub.says("say")).isEqualTo("two");
        assertThat(hub.card("say").serving().orElseThrow().signer()).hasValueSatisfying(signer -> {
            assertThat(signer.trusted()).isTrue();
            assertThat(signer.name()).isNotBlank();
        });
    }

    @Test
    void a_plugin_of_which_three_versions_leak_is_not_replaced_again_without_being_asked_for() throws Exception {
        for (var version : List.of("1.0.0", "1.1.0", "1.2.0", "1.3.0")) {
            hub.drop(leaking(version), "leak.jar");
            hub.awaitEnd("leak.jar", Activation.Outcome.SERVING, version);
        }
        Eventually.holds(() -> hub.card("leak").leaks().size() == 3);

        hub.drop(leaking("1.4.0"), "leak.jar");

        var asked = hub.awaitEnd("leak.jar", Activation.Outcome.ASKING, "1.4.0");
        assertThat(asked.reason().orElseThrow().en()).contains("still in memory");
        assertThat(hub.card("leak").serving().orElseThrow().version()).isEqualTo("1.3.0");
        assertThat(hub.life
                        .bring("leak", asked.sha256(), "person:test", false)
                        .orElseThrow()
                        .outcome())
                .contains(Activation.Outcome.SERVING);
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("left-behind"))
                .forEach(Thread::interrupt);
    }

    @Test
    void titles_provider_and_words_are_shown_in_the_readers_language() throws Exception {
        hub.upload(saying("1.0.0", "one")
                .manifest("Plugin-Title", "Says things")
                .manifest("Plugin-Title-zh", "发言")
                .manifest("Plugin-Description", "It says things.")
                .manifest("Plugin-Provider", "Anna & Co"));

        assertThat(hub.card("say").title()).isEqualTo("Says things");
        assertThat(hub.card("say").description()).isEqualTo("It says things.");
        assertThat(hub.card("say").provider()).isEqualTo("Anna & Co");
        assertThat(hub.life.view(Language.ZH_CN).plugins().getFirst().title()).isEqualTo("发言");
    }

    private static InstanceSpec call(String address) {
        return instance("call", Map.of("address", address));
    }

    private static InstanceSpec instance(String key, Map<String, String> settings) {
        return new InstanceSpec(
                Kind.FILTER, key, "", key, settings, true, InstanceSpec.Choices.NONE, 1, Optional.empty());
    }

    private static PluginJar saying(String version, String word) {
        return PluginJar.filter("say", version, "return Verdict.hold(\"" + word + "\");");
    }

    private static PluginJar asking(String version, String word) {
        return saying(version, word).manifest("Plugin-Hosts", "api.example.com");
    }

    private static PluginJar leaking(String version) {
        return PluginJar.filter("leak", version, """
                synchronized (TheFilter.class) {
                    var name = "left-behind " + TheFilter.class.hashCode();
                    if (Thread.getAllStackTraces().keySet().stream().anyMatch(one -> one.getName().equals(name))) {
                        return Verdict.pass();
                    }
                    var thread = new Thread(() -> {
                        try {
                            new java.util.concurrent.CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            // it ends
                        }
                    }, name);
                    thread.setDaemon(true);
                    thread.start();
                }
                return Verdict.pass();""")
                .file("META-INF/kefuhub/cases/leak.json", """
                {"contribution": "leak", "cases": [{"name": "any",
                  "given": {"stage": "CUSTOMER_IN", "text": "hello"}, "expect": {"action": "pass"}}]}""".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Calls the address that the message is, and says how it went. */
    private static PluginJar calling() {
        return withContext("call", """
                var outcome = context.http()
                        .call(Http.Request.get(java.net.URI.create(message.text()), java.time.Duration.ofSeconds(5)))
                        .send();
                return Verdict.hold(outcome.getClass().getSimpleName());""", """
                SettingSpec.address("address", "Address").optional()""");
    }

    private static PluginJar keeping() {
        return withContext("keep", """
                var kept = context.files().keep("a.txt", new java.io.ByteArrayInputStream("text".getBytes()), 100);
                return Verdict.hold(kept.getClass().getSimpleName());""", "");
    }

    private static PluginJar wantingSecret() {
        return withContext("vault", "return Verdict.pass();", """
                SettingSpec.secret("key", "Key").optional()""");
    }

    private static PluginJar withContext(String id, String apply, String settings) {
        return PluginJar.of(id, "1.0.0").source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.filter.*;
                import io.kefuhub.api.message.*;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new TheFactory());
                    }

                    static final class TheFactory implements FilterFactory {
                        @Override
                        public Description description() {
                            return new Description("%s", Map.of(Language.EN, "A filter"), List.of(%s));
                        }

                        @Override
                        public Filter create(Settings settings, FilterContext context) {
                            return new TheFilter(context);
                        }
                    }

                    record TheFilter(FilterContext context) implements Filter {
                        @Override
                        public Set<Stage> stages() {
                            return Set.of(Stage.CUSTOMER_IN);
                        }

                        @Override
                        public Verdict apply(Message message, Facts facts, Stage stage) {
                            %s
                        }
                    }
                }
                """.formatted(id, settings, apply));
    }
}
