package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.kefuhub.dist.Watched.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An admin adds each channel of WeCom and Feishu by its form, and an agent answers a customer over it. */
@Timeout(240)
final class ChannelFormsIT {
    private static final String PASSWORD = "pine cup walnut cedar";
    private static final List<String> PLUGINS = List.of("channel-wecom", "channel-feishu");

    @TempDir
    Path folder;

    /**
     * A way to reach customers.
     *
     * @param surface its place on the simulator's page
     * @param kind what the console calls it
     * @param choice what is chosen for its way to connect; empty for the proposed
     * @param wrong a setting to be wrong in, what is entered there, and what the admin is told
     */
    private record Way(int surface, String kind, Choice choice, Wrong wrong) {}

    private record Choice(String setting, String label) {
        static final Choice NONE = new Choice("", "");
    }

    private record Wrong(String setting, String value, String told) {}

    private static final Way SERVICE =
            new Way(0, "微信客服", Choice.NONE, new Wrong("secret", "no-such-secret", "Secret 错误，请从管理后台该应用页面重新复制"));
    private static final Way APP =
            new Way(1, "企业微信自建应用", Choice.NONE, new Wrong("secret", "no-such-secret", "Secret 错误"));
    private static final Way CALLED_BOT =
            new Way(2, "企业微信智能机器人", new Choice("mode", "URL 回调"), new Wrong("aes-key", "short", "应为 43 位字母和数字"));
    private static final Way CONNECTED_BOT = new Way(
            3, "企业微信智能机器人", Choice.NONE, new Wrong("bot-secret", "no-such-secret", "机器人 ID 与 Secret 不匹配（853000）"));
    private static final Way CALLED_FEISHU = new Way(
            0,
            "飞书 / Lark",
            new Choice("transport", "请求地址（webhook）"),
            new Wrong("app-secret", "no-such-secret", "App Secret 无效：请重新复制"));
    private static final Way CONNECTED_FEISHU =
            new Way(1, "飞书 / Lark", Choice.NONE, new Wrong("app-secret", "no-such-secret", "App Secret 无效：请重新复制"));

    @Test
    void each_channel_is_added_by_its_form_and_carries_a_conversation() throws IOException {
        var unpacked = UnpackedHub.prepared();
        var plugins = Files.createDirectories(folder.resolve("home/plugins"));
        for (var plugin : PLUGINS) {
            var jar = plugin + "-1.0.0.jar";
            Files.copy(unpacked.resolve("plugins-available").resolve(jar), plugins.resolve(jar));
        }
        try (var hub = UnpackedHub.start(unpacked, folder.resolve("home"));
                var wecomProcess = SimulatorProcess.begin(unpacked, "wecom");
                var feishuProcess = SimulatorProcess.begin(unpacked, "feishu");
                var browser = new Watched()) {
            var wecom = new PlatformPage(browser.person(Window.DESKTOP, "zh-CN"), wecomProcess.address());
            var feishu = new PlatformPage(browser.person(Window.DESKTOP, "zh-CN"), feishuProcess.address());
            hub.awaitReady();
            var li = new Desk(browser.person(Window.DESKTOP, "zh-CN"), hub.url.resolve("/console"));
            li.signsIn(hub.printed("登录名"), hub.printed("一次性密码"), PASSWORD);
            allows(li.page);

            is_called(li, wecom, SERVICE);
            only_so_many_replies_are_left(li);
            nothing_is_to_be_done(li.page, "微信客服");
            is_called(li, wecom, APP);
            is_called(li, wecom, CALLED_BOT);
            connects(li, wecom, CONNECTED_BOT, "已登录");
            is_called(li, feishu, CALLED_FEISHU);
            connects(li, feishu, CONNECTED_FEISHU, "连接已建立");

            pictures(browser, li.page, wecom.page);
            assertThat(browser.faults).isEmpty();
        }
    }

    private static void allows(Page page) {
        page.locator(".rail nav a[href$='/plugins']").click();
        for (var plugin : PLUGINS) {
            page.locator("article[data-plugin=" + plugin + "] [data-asks] .el-button--primary")
                    .click();
            page.locator("article[data-plugin=" + plugin + "][data-state=serving]")
                    .waitFor();
        }
    }

    private static void is_called(Desk li, PlatformPage platform, Way way) {
        platform.turnsTo(way.surface);
        var form = filled(li.page, platform, way);
        var address = form.isGivenAnAddress();
        Watched.shot(li.page, "channel-address-" + way.surface);
        platform.verifies(address);
        form.closes();
        talk(li, platform, way);
    }

    private static void connects(Desk li, PlatformPage platform, Way way, String note) {
        platform.turnsTo(way.surface);
        filled(li.page, platform, way).isDone();
        platform.seesIt(note);
        talk(li, platform, way);
    }

    private static ChannelForm filled(Page page, PlatformPage platform, Way way) {
        var form = new ChannelForm(page);
        form.opens(way.kind);
        if (!way.choice.equals(Choice.NONE)) form.chooses(way.choice.setting, way.choice.label);
        var values = platform.toEnter(way.surface);
        values.keySet().removeAll(List.of("mode", "transport"));
        form.fills(values);
        var wrong = way.wrong;
        form.isToldOf(wrong.setting, wrong.value, right(values, wrong.setting), wrong.told);
        return form;
    }

    private static String right(Map<String, String> values, String setting) {
        assertThat(values).containsKey(setting);
        return values.getOrDefault(setting, "");
    }

    /** A question that knowledge answers, then one for a person, who answers it. */
    private static void talk(Desk li, PlatformPage platform, Way way) {
        platform.says("怎么退货");
        platform.heard("退货").waitFor();
        platform.says("转人工");
        platform.heard("转接人工").waitFor();

        li.page.locator(".rail nav a[href*='/inbox']").click();
        li.looksAt("waiting");
        li.opensAndTakes();
        assertThat(li.heard("bot", "退货").innerText()).isNotBlank();
        var reply = "您好，我是李娜，这是" + way.kind + "的回复。";
        li.replies(reply);
        platform.heard(reply).waitFor();
    }

    /** Of the five that the platform takes since the customer asked for a person, the hub's words and the agent's are gone. */
    private static void only_so_many_replies_are_left(Desk li) {
        li.page.locator(".window:has-text('还可回复 3 条（共 5 条）')").waitFor();
        Watched.shot(li.page, "channel-window-zh");
    }

    private static void nothing_is_to_be_done(Page page, String channel) {
        page.locator(".rail nav a[href$='/channels']").click();
        var card = page.locator(
                "article", new Page.LocatorOptions().setHas(page.locator("h2:text-is('" + channel + "')")));
        card.locator("details summary").click();
        card.locator(".well:text-is('没有需要处理的事项。')").waitFor();
        assertThat(card.locator(".doctor dl").innerText()).contains("最近一次回调", "最近一次拉取", "最近一次发送", "成功");
        Watched.shot(page, "channel-doctor-zh");
    }

    /** What both sides look like in English on a small phone. */
    private static void pictures(Watched browser, Page console, Page simulator) {
        Watched.shot(simulator, "simulator-conversation-zh");
        console.locator(".rail nav a[href$='/channels']").click();
        console.locator("article").nth(6).waitFor();
        Watched.shot(console, "channels-zh-desktop");

        var phone = browser.again(Window.PHONE, "en-GB", Watched.storageOf(console));
        phone.setViewportSize(360, 740);
        phone.navigate(console.url());
        var card = phone.locator("article", new Page.LocatorOptions().setHasText("customer service"));
        card.locator("details summary").click();
        card.locator(".well:text-is('Nothing is to be done.')").waitFor();
        fits(phone, "channels-en-phone");
        card.locator(".tools .icon-button").first().click();
        phone.locator("#setting-corp-id").waitFor();
        fits(phone, "channel-form-en-phone");
    }

    private static void fits(Page phone, String name) {
        var card = phone.locator("details[open], .instance-dialog").last();
        card.scrollIntoViewIfNeeded(new Locator.ScrollIntoViewIfNeededOptions());
        assertThat((Integer) phone.evaluate("document.documentElement.scrollWidth"))
                .as(name)
                .isLessThanOrEqualTo(360);
        Watched.shot(phone, name);
    }
}
