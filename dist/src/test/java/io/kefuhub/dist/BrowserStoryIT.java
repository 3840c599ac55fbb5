package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.kefuhub.dist.Watched.Window;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A customer and an agent, each in a browser, from the first question to the end, with a power cut in between. */
@Timeout(600)
final class BrowserStoryIT {
    private static final String PASSWORD = "pine cup walnut cedar";
    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);

    @TempDir
    Path folder;

    @Test
    void a_customer_is_answered_from_knowledge_and_by_a_person_and_a_kill_changes_nothing() throws IOException {
        try (var hub = UnpackedHub.start(UnpackedHub.prepared(), folder.resolve("home"));
                var browser = new Watched()) {
            hub.awaitReady();
            var anna = new Customer(browser.person(Window.DESKTOP, "zh-CN"), hub.url.resolve("/chat"));
            knowledge_answers_at_once(anna);
            var li = new Desk(browser.person(Window.DESKTOP, "zh-CN"), hub.url.resolve("/console"));
            li.signsIn(hub.printed("登录名"), hub.printed("一次性密码"), PASSWORD);

            a_person_is_asked_for_and_comes(anna, li);
            they_talk(anna, li);
            a_reload_shows_everything_again(anna, li);
            a_kill_changes_nothing(hub, anna, li);

            pictures(hub, browser, anna, li);
            li.closes();
            anna.state("closed").waitFor();
            the_chat_says_what_the_admin_wrote(hub, browser, li);
            assertThat(browser.faults).isEmpty();
        }
    }

    private static void knowledge_answers_at_once(Customer anna) {
        anna.says("怎么退货");
        anna.heard("bot", "退货").first().waitFor();
        anna.says("how do I return an item?");
        anna.heard("bot", "return").first().waitFor();
        anna.says("店里有没有会唱歌的机器人");
        anna.heard("bot", "人工").last().waitFor();
    }

    private static void a_person_is_asked_for_and_comes(Customer anna, Desk li) {
        li.looksAt("waiting");
        li.page.locator("#inbox-list .empty").waitFor();

        anna.says("转人工");
        anna.state("waiting_for_agent").waitFor();
        li.waiting().waitFor();
        li.opensAndTakes();
        anna.state("with_agent").waitFor();

        var why = li.whyOfTheBot("退货");
        assertThat(why.locator(".question").innerText()).contains("退货");
        Watched.shot(li.page, "console-trace-zh-desktop");
        li.page.locator(".timeline .hint").first().click();
        why.waitFor(GONE);
        li.goesToTheEnd();
    }

    private static void they_talk(Customer anna, Desk li) throws IOException {
        anna.types("我想退一只");
        li.customerTypes().waitFor();
        anna.says("我想退一只青釉杯，上周五收到的，有一道裂纹");
        li.heard("customer", "有一道裂纹").waitFor();
        anna.readMark().waitFor();

        li.types("您好，很抱歉");
        anna.typing().waitFor();
        li.replies("您好，很抱歉给您添麻烦了。签收 48 小时内的破损我们直接补发，退货按这张图寄回即可。");
        anna.heard("agent", "直接补发").waitFor();
        assertThat(anna.heard("agent", "直接补发").innerText()).contains("李娜");
        li.sendsPicture("return-label.png", label());
        isShown(anna.picture("return-label.png"));
        isShown(li.picture("return-label.png"));
        li.readMark().waitFor();
        anna.repliesTo("agent", "直接补发");
        Watched.shot(anna.page, "widget-reply-zh-desktop");
        anna.says("那就补发一只吧");
        assertThat(anna.quote().innerText()).contains("直接补发");
        li.heard("customer", "那就补发一只吧").waitFor();
        assertThat(li.quote().innerText()).contains("直接补发");
        anna.likes("退货");
        Watched.shot(anna.page, "widget-rated-zh-desktop");
        assertThat(li.starsOfTheBot("退货").getAttribute("aria-label")).contains("5");
        anna.says("收到了，谢谢！");
        li.heard("customer", "收到了").waitFor();
        anna.readMark().waitFor();
    }

    private static void a_reload_shows_everything_again(Customer anna, Desk li) {
        var said = anna.everythingSaid();
        var seen = li.everythingSaid();

        anna.reloads();
        anna.said("收到了，谢谢！").waitFor();
        li.page.reload();
        li.heard("customer", "收到了").waitFor();

        assertThat(anna.everythingSaid()).isEqualTo(said).hasSizeGreaterThan(9);
        assertThat(li.everythingSaid()).isEqualTo(seen).hasSizeGreaterThan(9);
        anna.readMark().waitFor();
    }

    private static void a_kill_changes_nothing(UnpackedHub hub, Customer anna, Desk li) {
        var said = anna.everythingSaid();
        var seen = li.everythingSaid();

        hub.kill();
        anna.link("offline").waitFor();
        li.lostLine().waitFor();
        anna.says("您还在吗？");
        hub.startAgain();
        hub.awaitReady();

        anna.link("online").waitFor();
        li.heard("customer", "您还在吗？").waitFor();
        li.lostLine().waitFor(GONE);
        li.replies("在的，刚才网络断了一下。");
        anna.heard("agent", "刚才网络断了一下").waitFor();
        said.add("own: 您还在吗？");
        said.add("agent: 在的，刚才网络断了一下。");
        seen.add("customer: 您还在吗？");
        seen.add("agent: 在的，刚才网络断了一下。");
        assertThat(anna.everythingSaid()).isEqualTo(said);
        assertThat(li.everythingSaid()).isEqualTo(seen);
        li.readMark().waitFor();
    }

    /** What both look like in either language and at either width. */
    private static void pictures(UnpackedHub hub, Watched browser, Customer anna, Desk li) {
        var customers = Watched.storageOf(anna.page);
        var agents = Watched.storageOf(li.page);
        var conversation = li.page.url();
        for (var window : Window.values()) {
            for (var language : new String[] {"zh-CN", "en-GB"}) {
                var name = language.substring(0, 2) + "-" + window.name().toLowerCase(Locale.ROOT);
                var shop = new Customer(
                        browser.again(window, language, customers), hub.url.resolve("/chat?lang=" + language));
                shop.heard("agent", "刚才网络断了一下").waitFor();
                isShown(shop.picture("return-label.png"));
                Watched.shot(shop.page, "widget-" + name);
                shop.page.context().close();

                var console = new Desk(browser.again(window, language, agents), URI.create(conversation));
                console.heard("agent", "刚才网络断了一下").waitFor();
                isShown(console.picture("return-label.png"));
                assertThat(console.isWithinItsWindow()).isTrue();
                Watched.shot(console.page, "console-" + name);
                console.page.context().close();
            }
        }
    }

    private static void the_chat_says_what_the_admin_wrote(UnpackedHub hub, Watched browser, Desk li) {
        li.page.navigate(hub.url.resolve("/console/settings").toString());
        var texts = li.page.locator("[data-texts=words]");
        text(texts, "placeholder").fill("想找什么？");
        text(texts, "buttonClose").fill("回到店里");
        Watched.shot(li.page, "settings-texts-zh-desktop");
        // The button is disabled while the words are sent, too.
        var saved = li.page.waitForResponse(
                answer -> !answer.request().method().equals("GET"),
                li.page.locator("[data-texts-of] button[type=submit]")::click);
        assertThat(saved.ok()).isTrue();
        li.page.locator("[data-texts-of] button[type=submit]:disabled").waitFor();

        var bo = new Customer(browser.person(Window.DESKTOP, "zh-CN"), hub.url.resolve("/chat"));
        bo.composer("想找什么？").waitFor();
        assertThat(bo.buttonNames()).contains("回到店里");
    }

    private static Locator text(Locator texts, String name) {
        return texts.locator("[data-text=" + name + "] input");
    }

    private static void isShown(Locator picture) {
        picture.waitFor();
        picture.page().waitForCondition(() -> Integer.valueOf(480).equals(picture.evaluate("it => it.naturalWidth")));
    }

    /** A label to put on a parcel, more or less. */
    private static byte[] label() throws IOException {
        var image = new BufferedImage(480, 320, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, new Color(0xf6efe2), 480, 320, new Color(0xdfe6df)));
        pen.fillRect(0, 0, 480, 320);
        pen.setColor(new Color(0x2f5d50));
        pen.fillRoundRect(32, 32, 160, 28, 8, 8);
        for (int x = 32, bar = 0; x < 440; bar++) {
            var wide = 3 + bar * bar % 7;
            pen.fillRect(x, 100, wide, 120);
            x += wide + 3 + bar % 3 * 2;
        }
        pen.fillRect(32, 250, 300, 10);
        pen.fillRect(32, 272, 220, 10);
        pen.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
