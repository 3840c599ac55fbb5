package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.kefuhub.dist.Watched.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kefuhub simulate} from the unpacked hub: somebody plays a customer on its page. */
@Timeout(240)
final class SimulatorPageIT {
    @TempDir
    Path folder;

    @Test
    void a_customer_is_played_on_the_page_in_both_languages_and_on_a_phone() throws IOException {
        try (var process = SimulatorProcess.begin(UnpackedHub.unpack(folder), "wecom");
                var browser = new Watched()) {
            var address = process.address();
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

            page.locator("#journal .what:has-text('秒后重试：')").first().waitFor();

            page.locator("#language").click();
            page.locator("#journal .what:has-text('again in ')").first().waitFor();
            assertThat(page.locator("#journal .what:has-text('秒后重试：')").count()).isZero();
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
        }
    }

    private static void await(Locator found, int count) {
        found.nth(count - 1).waitFor();
        assertThat(found.count()).isEqualTo(count);
    }
}
