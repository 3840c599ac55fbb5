package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kefuhub plugin test} as an author types it. */
@Timeout(300)
final class PluginTestIT {
    private static final String TOKEN = "QDG6eK7Jm2Hs9dP4";
    private static final String AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Path unpacked;

    private record Said(int code, String out, String err) {}

    @BeforeEach
    void unpack() throws IOException {
        unpacked = UnpackedHub.unpack(Files.createDirectory(folder.resolve("hub")));
    }

    @Test
    void a_good_jar_passes_and_no_hub_or_database_was_needed() throws Exception {
        var jar = AuthorsJar.good().build(folder.resolve("shout-1.0.0.jar"), unpacked);

        var said = test(jar);

        assertThat(said.out)
                .contains("filter shout: Shout", "✓ shout.json: a greeting goes on", "All ")
                .doesNotContain("✗", "\u001B");
        assertThat(said.err).isEmpty();
        assertThat(said.code).isZero();
        assertThat(unpacked.resolve("home")).doesNotExist();
        assertThat(folder.resolve(".kefuhub")).doesNotExist();
    }

    @Test
    void the_channel_that_comes_with_the_hub_passes() throws Exception {
        var said = test(unpacked.resolve("plugins/channel-web-1.0.0.jar"));

        assertThat(said.out).contains("channel web: ", "✓ refuses a call that nobody signed");
        assertThat(said.code).as(said.out).isZero();
    }

    @Test
    void the_channels_of_platforms_pass() throws Exception {
        var wecom = begin(
                "C",
                unpacked.resolve("plugins-available/channel-wecom-1.0.0.jar").toString(),
                "--set",
                "corp-id=ww1a2b3c4d5e6f7081",
                "--set",
                "agent-id=1000002",
                "--set",
                "token=" + TOKEN,
                "--set",
                "aes-key=" + AES_KEY,
                "--set",
                "bot-id=aib-1",
                "--set",
                "bot-secret=s-1");
        var feishu = test(
                "zh_CN.UTF-8",
                unpacked.resolve("plugins-available/channel-feishu-1.0.0.jar").toString(),
                "--set",
                "app-id=cli_1a2b3c",
                "--set",
                "app-secret=s-1",
                "--set",
                "transport=webhook",
                "--set",
                "encrypt-key=k-1",
                "--set",
                "verification-token=" + TOKEN);

        assertThat(feishu.out)
                .contains("渠道 feishu：飞书 / Lark", "拒绝没有签名的调用", "全部通过")
                .doesNotContain("✗", "k-1", "s-1");
        assertThat(feishu.code).as(feishu.out + feishu.err).isZero();
        var said = wecom.join();
        assertThat(said.out)
                .contains("channel wecom-kf: ", "channel wecom-app: ", "channel wecom-bot: ", "All ")
                .doesNotContain("✗", AES_KEY);
        assertThat(said.code).as(said.out + said.err).isZero();
    }

    @Test
    void the_plugins_for_models_pass() throws Exception {
        var address = "address=http://localhost:8000/v1";
        var tested = Stream.of("ai-openai", "ai-anthropic", "ai-gemini", "ai-ollama")
                .map(id -> unpacked.resolve("plugins-available/" + id + "-1.0.0.jar"))
                .map(jar -> begin("C", jar.toString(), "--set", "key=sk-1", "--set", address))
                .toList();

        for (var one : tested) {
            var said = one.join();

            assertThat(said.out)
                    .contains("names the key of a setting that cannot be read")
                    .contains("speaks    ", "✓ takes an answer that was cut for a failure, and tells what had come")
                    .doesNotContain("✗");
            assertThat(said.code).as(said.out + said.err).isZero();
        }
    }

    @Test
    void the_translators_pass() throws Exception {
        var service = unpacked.resolve("plugins-available/translate-http-1.0.0.jar");
        var model = unpacked.resolve("plugins-available/translate-model-1.0.0.jar");

        var first = begin("C", service.toString(), "--set", "key=k-1", "--set", "address=http://localhost:5000");
        var byModel = test("C", model.toString(), "--set", "alias=chat");
        var byService = first.join();

        assertThat(byService.out)
                .contains("translator libretranslate: ", "translator deepl: ")
                .doesNotContain("✗");
        assertThat(byService.code).as(byService.out + byService.err).isZero();
        assertThat(byModel.out).contains("translator translate-model: ").doesNotContain("✗");
        assertThat(byModel.code).as(byModel.out + byModel.err).isZero();
    }

    @Test
    void the_filter_of_sensitive_words_passes() throws Exception {
        var jar = unpacked.resolve("plugins-available/filter-sensitive-words-1.0.0.jar");

        var said = test("C", jar.toString(), "--set", "words=笨蛋");

        assertThat(said.out).contains("filter sensitive-words: ").doesNotContain("✗");
        assertThat(said.code).as(said.out + said.err).isZero();
    }

    @Test
    void the_filter_of_personal_data_passes() throws Exception {
        var said = test(
                "C",
                unpacked.resolve("plugins-available/filter-privacy-1.0.0.jar").toString());

        assertThat(said.out).contains("filter privacy: ").doesNotContain("✗");
        assertThat(said.code).as(said.out + said.err).isZero();
    }

    @Test
    void what_is_wrong_is_told_and_the_command_ends_by_itself() throws Exception {
        var good = AuthorsJar.good();
        var hangs = begin(good.startingWith("if (true) while (true) Thread.onSpinWait();")
                .build(folder.resolve("hanging.jar"), unpacked));
        var fails = begin(good.expecting("block").build(folder.resolve("failing.jar"), unpacked));
        var halts = begin(
                good.startingWith("Runtime.getRuntime().halt(0);").build(folder.resolve("forbidden.jar"), unpacked));
        var leaves = begin(good.startingWith("Thread.ofPlatform().start(() -> { while (true) Thread.onSpinWait(); });")
                .build(folder.resolve("leaving.jar"), unpacked));

        var failing = fails.join();
        var forbidden = halts.join();
        var hanging = hangs.join();
        var leaving = leaves.join();

        assertThat(failing.out).contains("✗ shout.json: a greeting goes on", "expected {\"action\":\"block\"");
        assertThat(forbidden.out).contains("calls java.lang.Runtime.halt");
        assertThat(hanging.out).contains("It does not start: no answer after 5");
        assertThat(leaving.out).contains("All ");
        assertThat(List.of(failing.code, forbidden.code, hanging.code)).containsOnly(1);
        assertThat(leaving.code).isZero();
    }

    @Test
    void a_chinese_terminal_is_answered_in_chinese_and_a_missing_file_with_what_to_type() throws Exception {
        var jar = AuthorsJar.good().build(folder.resolve("shout-1.0.0.jar"), unpacked);

        var byTerminal = begin("zh_CN.UTF-8", jar.toString());
        var byWish = begin("C", jar.toString(), "--lang", "zh");
        var missing = test("C", "none.jar");

        assertThat(byTerminal.join().out).contains("过滤器 shout：大写", "黄金用例", "全部通过");
        assertThat(byWish.join().out).contains("过滤器 shout：大写");
        assertThat(missing.err).contains("No such file: none.jar", "Usage: kefuhub plugin test FILE.jar");
        assertThat(missing.code).isEqualTo(2);
    }

    @Test
    void a_plugin_that_ends_the_process_does_not_pass_by_that() throws Exception {
        var jar = AuthorsJar.good()
                .startingWith("try { System.class.getMethod(\"exit\", int.class).invoke(null, 0); }"
                        + " catch (ReflectiveOperationException e) { throw new IllegalStateException(e); }")
                .build(folder.resolve("ending.jar"), unpacked);

        var said = test(jar);

        assertThat(said.code).isEqualTo(1);
        assertThat(said.err).contains("It ended before the test was over.");
    }

    private Said test(Path jar) throws IOException, InterruptedException {
        return test("C", jar.toString());
    }

    /** Beside others. */
    private CompletableFuture<Said> begin(Path jar) {
        return begin("C", jar.toString());
    }

    private CompletableFuture<Said> begin(String locale, String... words) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return test(locale, words);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    private Said test(String locale, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(unpacked.resolve("bin/kefuhub").toString(), "plugin", "test"));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        var errors = Files.createTempFile(folder, "errors", ".txt");
        builder.redirectError(errors.toFile());
        builder.environment().put("LC_ALL", locale);
        builder.environment().remove("KEFUHUB_HOME");
        builder.environment().put("KEFUHUB_JAVA_HOME", System.getProperty("java.home"));
        var began = System.nanoTime();
        var process = builder.start();
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var code = process.waitFor();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(A_FEW_SECONDS);
        return new Said(code, out, Files.readString(errors));
    }
}
