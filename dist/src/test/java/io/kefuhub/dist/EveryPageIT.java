package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.kefuhub.dist.Judge.Guise;
import io.kefuhub.dist.Watched.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every page of the console and the chat: in Chinese and English, light and dark, on a desk and on a phone. */
@Timeout(300)
final class EveryPageIT {
    private static final String PASSWORD = "pine cup walnut cedar";
    private static final String MISTAKEN = """
            channels:
              wk_second:
                type: web
                desk: nowhere
            """;
    private static final String MODELS = """
            plugins:
              ai-openai: {allow: {files: true, secrets: true}}
              filter-sensitive-words: {allow: {files: true}}
            filters:
              words:
                type: sensitive-words
                settings: {words: 外挂, action: hold}
            """;
    private static final String WORDS = "filter-sensitive-words-1.0.0.jar";

    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);

    @TempDir
    Path folder;

    private final List<String> faults = new ArrayList<>();

    @Test
    void every_page_can_be_read_and_used_by_everybody_in_each_of_its_guises() throws IOException {
        var unpacked = UnpackedHub.prepared();
        var home = folder.resolve("home");
        Files.writeString(Files.createDirectories(home.resolve("conf")).resolve("second.yaml"), MISTAKEN);
        Files.writeString(home.resolve("conf/empty.yaml"), "# nothing yet\n");
        StampPlugin.drop(Files.createDirectories(home.resolve("plugins")), "1.0.0");
        // Modules that are only interpreted are told of on the page.
        Files.writeString(home.resolve("conf/jvm.args"), "-Dtruffle.UseFallbackRuntime=true\n");
        Files.createDirectories(home.resolve("wasm"));
        for (var file : FilesOnPage.example("mask-phone-numbers")) {
            Files.copy(file, home.resolve("wasm").resolve(file.getFileName()));
        }
        Files.copy(
                unpacked.resolve("plugins-available").resolve(ModelRoom.JAR),
                home.resolve("plugins").resolve(ModelRoom.JAR));
        Files.copy(
                unpacked.resolve("plugins-available").resolve(WORDS),
                home.resolve("plugins").resolve(WORDS));
        Files.writeString(home.resolve("conf/models.yaml"), MODELS);
        try (var model = new StubModel();
                var hub = UnpackedHub.start(unpacked, home);
                var browser = new Watched()) {
            hub.awaitReady();
            var anna = new Customer(Watched.still(browser.person(Window.DESKTOP, "zh-CN")), hub.url.resolve("/chat"));
            anna.says("怎么退货");
            anna.heard("bot", "退货").first().waitFor();
            anna.says("店里有没有会唱歌的机器人");
            anna.heard("bot", "人工").last().waitFor();
            anna.says("转人工");
            var li = new Desk(Watched.still(browser.person(Window.DESKTOP, "zh-CN")), hub.url.resolve("/console"));
            var speech = otherTab(li.page, hub);
            gates(hub, li, new Judge(li.page.mainFrame(), speech, faults, Guise.FOR_PAGES));
            li.looksAt("waiting");
            li.opensAndTakes();
            li.replies("您好，我是李娜，有什么可以帮您？");
            anna.heard("agent", "李娜").waitFor();
            var bert = Visitor.of(hub);
            bert.says("how do I return an item? I am at 13912345678");
            bert.says("how long does delivery take?");
            bert.says("can I pay on delivery?");
            bert.says("talk to a human");
            Visitor.of(hub).says("你们卖外*挂吗");

            new Tour(li.page, speech, faults, model.address(ModelWire.OPENAI)).throughEverything();
            a_mistake_in_a_file_goes_from_the_console_when_it_is_put_right(li, home.resolve("conf/second.yaml"));
            chat(anna, Guise.ZH_LIGHT_DESK, Guise.ZH_DARK_PHONE);
            var english = new Customer(anna.page, hub.url.resolve("/chat?lang=en-GB"));
            english.heard("agent", "李娜").waitFor();
            chat(english, Guise.EN_DARK_DESK, Guise.EN_LIGHT_PHONE);
            faults.addAll(browser.faults);
        }
        assertThat(faults.stream().distinct()).isEmpty();
    }

    private static void a_mistake_in_a_file_goes_from_the_console_when_it_is_put_right(Desk li, Path file)
            throws IOException {
        li.page.locator(".rail nav a[href$='/settings']").click();
        assertThat(li.page.locator(".problems").innerText()).contains("第 2 行", "channels.wk_second", "没有部门“nowhere”");
        assertThat(li.page.locator(".rail a[href$='/settings'] .badge").innerText())
                .contains("配置文件有 1 个问题");

        Files.writeString(file, MISTAKEN.replace("nowhere", "main"));

        li.page.locator(".rail a[href$='/settings'] .badge").waitFor(GONE);
        li.page.locator(".problems").waitFor(GONE);
    }

    /** What is seen before somebody is let in. */
    private static void gates(UnpackedHub hub, Desk li, Judge judge) {
        var password = hub.printed("一次性密码");
        judge.sees("sign-in");
        li.arrives("owner", "not " + password);
        li.page.locator(".problem:not(:empty)").waitFor();
        judge.sees("sign-in-refused", ".gate");
        li.arrives("owner", password);
        li.page.waitForURL("**/password");
        judge.sees("password-first");
        assertThat(li.page.locator("#public-name").inputValue()).isEqualTo("客服 · Support");
        li.chooses(password, PASSWORD, "李娜");
    }

    /** The chat over its shop; its language is that of the page it was opened on. */
    private void chat(Customer anna, Guise... guises) {
        new Judge(anna.chat(), _ -> {}, faults, guises).sees("chat");
        new Judge(anna.page.mainFrame(), _ -> {}, faults, guises).sees("shop");
    }

    /** Chooses the language as somebody does in another tab of the same browser. */
    private static Judge.Speech otherTab(Page page, UnpackedHub hub) {
        var tab = page.context().newPage();
        tab.navigate(hub.url + "/console/icon.svg");
        // A browser draws what is in front only.
        page.bringToFront();
        return language -> {
            tab.evaluate("language => localStorage.setItem('kefuhub.language', language)", language);
            page.waitForFunction("language => document.documentElement.lang.startsWith(language)", language);
        };
    }
}
