package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.kefuhub.dist.Watched.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kefuhub simulate} from the unpacked hub: somebody plays a customer on its page. */
@Timeout(240)
final class SimulatorPageIT {
    private static final Pattern ADDRESS = Pattern.compile("is simulated at (http://\\S+)");

    @TempDir
    Path folder;

    @Test
    void a_customer_is_played_on_the_page_in_both_languages_and_on_a_phone() throws Exception {
        var process = new ProcessBuilder(
                        UnpackedHub.unpack(folder).resolve("bin/kefuhub").toString(),
                        "simulate",
                        "wecom",
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .start();
        try (var browser = new Watched()) {
            var address = address(process);
            var page = browser.person(Window.DESKTOP, "zh-CN");
            page.navigate(address);

            page.locator("#text").fill("订单到哪了？**不是粗体**<b>");
            page.locator("#text").press("Enter");
            page.locator("article.CUSTOMER").waitFor();
            assertThat(page.locator("article.CUSTOMER").textContent()).contains("订单到哪了？", "<b>");
            page.locator("#burst").click();
            await(page.locator("article.CUSTOMER"), 21);
            page.locator("[data-fault=rate-limit]").check();
            page.reload();
            page.locator("[data-fault=rate-limit]:checked").waitFor();
            await(page.locator("article.CUSTOMER"), 21);
            Watched.shot(page, "simulator-zh");

            page.locator("#language").click();
            assertThat(page.title()).isEqualTo("WeCom simulator");
            page.locator("#enter").click();
            assertThat(page.locator("#setup").textContent()).contains("aes-key", "sim_wecom_kf");
            page.keyboard().press("Escape");
            page.locator("#surfaces button").nth(3).click();
            page.locator("#connected").click();
            page.locator("#verified:has-text('nobody is connected')").waitFor();
            page.locator("#text").fill("hello");
            page.locator("#text").press("Enter");
            page.locator("article.failed").waitFor();

            var phone = browser.person(Window.PHONE, "en-GB");
            phone.setViewportSize(360, 740);
            phone.navigate(address);
            phone.locator("article.CUSTOMER").first().waitFor();
            for (var tab : List.of("say", "platform", "chat")) {
                phone.locator("nav [data-tab=" + tab + "]").click();
                assertThat((Integer) phone.evaluate("document.documentElement.scrollWidth"))
                        .as(tab)
                        .isLessThanOrEqualTo(360);
                Watched.shot(phone, "simulator-en-phone-" + tab);
            }
            assertThat(browser.faults).isEmpty();
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor()).isNotNegative();
    }

    private static void await(Locator found, int count) {
        found.nth(count - 1).waitFor();
        assertThat(found.count()).isEqualTo(count);
    }

    private static String address(Process process) throws IOException {
        var out = process.inputReader(StandardCharsets.UTF_8);
        var said = new StringBuilder();
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            var found = ADDRESS.matcher(line);
            if (found.find()) {
                // What else it says must not fill the pipe.
                Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
                return found.group(1);
            }
        }
        throw new AssertionError("it said: " + said);
    }
}
