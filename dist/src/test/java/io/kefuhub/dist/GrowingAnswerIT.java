package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.kefuhub.bench.swap.PluginJars;
import io.kefuhub.dist.Watched.Window;
import io.kefuhub.dist.plugin.Telling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An answer is watched while it is made, by the customer and by an agent, each in a browser. */
@Timeout(300)
final class GrowingAnswerIT {
    private static final String PASSWORD = "pine cup walnut cedar";
    private static final String WORDS = "filter-sensitive-words-1.0.0.jar";
    /** What the demo shop knows, and no entry of it answers by itself. */
    private static final String QUESTION = "昨天买的衣服不喜欢，退货寄回去运费谁承担呀";

    private static final String HALF = "不喜欢的商品，寄回的运费由您承担。";
    private static final String WHOLE = "您想退的是哪一件商品？";
    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);

    /** Keeps everything that is ever shown of the bot, be it for a moment. */
    private static final String WATCH = """
            () => {
              globalThis.seen = new Set()
              const look = () => document.querySelectorAll('.row.bot .bubble').forEach(one => {
                if (one.offsetParent && one.textContent) globalThis.seen.add(one.textContent)
              })
              new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true})
              look()
            }""";

    @TempDir
    Path folder;

    @Test
    void words_appear_as_they_are_made_and_stop_when_a_person_joins_and_a_listed_word_is_never_seen()
            throws IOException {
        var unpacked = UnpackedHub.prepared();
        var home = folder.resolve("home");
        declare(unpacked, home);
        try (var hub = UnpackedHub.start(unpacked, home);
                var browser = new Watched()) {
            hub.awaitReady();
            var anna = new Customer(browser.person(Window.DESKTOP, "en"), hub.url.resolve("/chat"));
            var li = new Desk(browser.person(Window.DESKTOP, "zh-CN"), hub.url.resolve("/console"));
            li.signsIn(hub.printed("登录名"), hub.printed("一次性密码"), PASSWORD);

            anna.chat().evaluate(WATCH);
            words_appear_as_they_are_made(browser, anna, li);
            a_person_who_joins_stops_it(anna, li);
            assertThat(browser.faults).isEmpty();
        }
    }

    @Test
    void a_press_of_the_button_asks_again_when_a_model_broke_off_in_the_middle() throws IOException {
        var unpacked = UnpackedHub.prepared();
        var home = folder.resolve("home");
        var isSeen = new CountDownLatch(1);
        try (var model = new BadModelServer()) {
            model.plays("breaks-off", one -> {
                one.stream();
                if (model.questions("breaks-off").size() == 1) {
                    one.piece("{\\\"answer\\\":\\\"" + HALF + "首重大约");
                    isSeen.await();
                    return;
                }
                one.piece(
                        "{\\\"answer\\\":\\\"" + WHOLE
                                + "\\\",\\\"kind\\\":\\\"question\\\",\\\"handover\\\":false,\\\"confidence\\\":1,\\\"citations\\\":[]}");
                one.end();
            });
            declare(unpacked, home, model);
            try (var hub = UnpackedHub.start(unpacked, home);
                    var browser = new Watched()) {
                hub.awaitReady();
                var anna = new Customer(browser.person(Window.DESKTOP, "zh-CN"), hub.url.resolve("/chat"));

                anna.says(QUESTION);
                anna.growing()
                        .filter(new Locator.FilterOptions().setHasText(HALF))
                        .waitFor();
                isSeen.countDown();
                var broken = anna.heard("bot", "回答没有说完");
                broken.waitFor();
                assertThat(broken.innerText()).contains(HALF).doesNotContain("首重");
                Watched.shot(anna.page, "widget-broken-off-zh-desktop");
                broken.locator(".option").click();
                anna.heard("bot", WHOLE).waitFor();

                assertThat(model.questions("breaks-off")).hasSize(2);
                assertThat(anna.everythingSaid())
                        .filteredOn(line -> line.equals("own: " + QUESTION))
                        .hasSize(2);
                assertThat(browser.faults).isEmpty();
            }
        }
    }

    private static void words_appear_as_they_are_made(Watched browser, Customer anna, Desk li) {
        anna.says("Tell me a story, please.");
        anna.growing().waitFor();
        li.looksAt("all");
        li.waiting().first().click();
        li.growing().waitFor();
        Watched.shot(anna.page, "widget-growing-en-desktop");
        Watched.shot(li.page, "console-growing-zh-desktop");
        anna.heard("bot", "fine teapot").last().waitFor();
        anna.growing().waitFor(GONE);
        li.heard("bot", "fine teapot").waitFor();
        li.growing().waitFor(GONE);

        assertThat(anna.heard("bot", "fine teapot").last().innerText()).contains("a **** fine teapot.");
        assertThat(seen(anna))
                .as("more than the whole at once")
                .contains("Once ", "Once upon a time ")
                .noneMatch(text -> text.contains("da") || text.contains("damn"));
        assertThat(anna.everythingSaid())
                .filteredOn(line -> line.startsWith("bot"))
                .hasSize(1);
    }

    private static void a_person_who_joins_stops_it(Customer anna, Desk li) {
        anna.says("Now an endless story, please.");
        anna.growing().waitFor();
        li.growing().waitFor();

        li.takes();
        anna.state("with_agent").waitFor();

        anna.growing().waitFor(GONE);
        li.growing().waitFor(GONE);
        li.replies("Hello, this is Li.");
        anna.heard("agent", "this is Li").waitFor();
        assertThat(anna.growing().isVisible()).isFalse();
        assertThat(anna.everythingSaid())
                .filteredOn(line -> line.startsWith("bot"))
                .hasSize(1);
    }

    @SuppressWarnings("unchecked")
    private static List<String> seen(Customer customer) {
        return (List<String>) customer.chat().evaluate("() => [...globalThis.seen]");
    }

    /** An assistant behind a model of the server. */
    private static void declare(Path unpacked, Path home, BadModelServer model) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("plugins"));
        Files.copy(
                unpacked.resolve("plugins-available").resolve(ModelRoom.JAR),
                home.resolve("plugins").resolve(ModelRoom.JAR));
        Files.writeString(home.resolve("conf/model.yaml"), """
                plugins:
                  ai-openai: {allow: {files: true, secrets: true}}
                providers:
                  bad: {type: openai-compatible, settings: {address: "http://127.0.0.1:%d/v1", key: k}}
                deployments:
                  breaks-off: {provider: bad, model: breaks-off, unpriced: true}
                aliases:
                  support: {deployments: [breaks-off]}
                responders:
                  helper: {type: ai, order: 0, settings: {alias: support, cache: "false"}}
                """.formatted(model.port()));
    }

    private static void declare(Path unpacked, Path home) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("plugins"));
        Files.copy(
                unpacked.resolve("plugins-available").resolve(WORDS),
                home.resolve("plugins").resolve(WORDS));
        Files.write(home.resolve("plugins/telling.jar"), PluginJars.packed("telling", "1.0.0", Telling.class));
        Files.writeString(home.resolve("conf/telling.yaml"), """
                responders:
                  telling: {type: telling, order: 0}
                plugins:
                  filter-sensitive-words: {allow: {files: true}}
                filters:
                  words: {type: sensitive-words, settings: {words: damn, action: mask}}
                """);
    }
}
