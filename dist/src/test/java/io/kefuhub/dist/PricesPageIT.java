package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.kefuhub.dist.Judge.Guise;
import io.kefuhub.dist.ModelRoom.Tab;
import io.kefuhub.dist.Watched.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An admin at the prices of models: writes down all that one can say, follows it by another, takes a wrong rate back. */
@Timeout(180)
final class PricesPageIT {
    private static final String PASSWORD = "pine cup walnut cedar";
    /** All that prices of a model say but when they began. */
    private static final String TERMS = """
            async () => {
                const { prices } = await (await fetch('/api/prices')).json()
                return JSON.stringify(prices.filter(one => one.model === 'qwen-long')
                    .map(({ id, validFrom, ...terms }) => terms))
            }""";

    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);

    @TempDir
    Path folder;

    @Test
    void a_price_says_all_that_it_can_is_followed_by_another_and_a_wrong_rate_is_taken_back() {
        try (var hub = UnpackedHub.start(UnpackedHub.prepared(), folder.resolve("home"));
                var browser = new Watched()) {
            hub.awaitReady();
            var li = new Desk(Watched.still(browser.person(Window.DESKTOP, "zh-CN")), hub.url.resolve("/console"));
            li.signsIn(hub.printed("登录名"), hub.printed("一次性密码"), PASSWORD);
            var admin = new Admin(li.page);

            admin.a_price_says_all_that_a_price_can_say();
            admin.it_is_looked_at_and_followed_by_one_that_says_the_same_but_one_thing();
            admin.a_rate_that_was_typed_wrongly_is_taken_back();

            assertThat(admin.faults).isEmpty();
            assertThat(browser.faults).isEmpty();
        }
    }

    private static final class Admin {
        private final Page page;
        private final ModelRoom models;
        private final Judge judge;
        private final List<String> faults = new ArrayList<>();

        Admin(Page page) {
            this.page = page;
            this.models = new ModelRoom(page);
            this.judge = new Judge(page.mainFrame(), _ -> {}, faults, Guise.ZH_LIGHT_DESK);
        }

        void a_price_says_all_that_a_price_can_say() {
            models.enters();
            models.turnsTo(Tab.PRICES);
            models.opensAPrice();
            page.locator("#price-provider").fill("qwen");
            page.locator("#price-model").fill("qwen-long");
            page.locator("#price-input").fill("two");
            page.locator("#price-output").fill("10");
            models.keeps();
            page.locator("#price-input[aria-invalid=true]:focus").waitFor();
            page.locator("#price-input").fill("2.5");
            models.unfolds("推理与缓存写入");
            page.locator("#price-reasoning").fill("12");
            page.locator("#price-cacheWrite5m").fill("3.125");
            tiers_are_added_and_taken_out(models.unfolds("长提示词阶梯价"));
            hours_are_added(models.unfolds("分时段价格"));
            models.unfolds("倍率与附加费用");
            page.locator("#price-multiplier").fill("0.8");
            page.locator("#price-perRequest").fill("0.01");
            models.unfolds("有效期与其他名称");
            page.locator("#price-aliases").fill("qwen-long-2026\nqwen-long-latest");
            judge.sees("prices-everything");
            models.keeps();
            page.locator("#price-provider").waitFor(GONE);

            assertThat(page.evaluate(TERMS).toString())
                    .contains(
                            "\"aliases\":[\"qwen-long-2026\",\"qwen-long-latest\"]",
                            "\"cacheWrite5m\":\"3.125\"",
                            "\"reasoning\":\"12\"",
                            "{\"above\":32000,\"input\":\"4\",\"output\":\"16\"}",
                            "{\"above\":128000,\"input\":\"5\",\"cachedInput\":\"0.4\",\"output\":\"16\"}",
                            "\"tierRule\":\"part\"",
                            "\"days\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"]",
                            "\"zone\":\"Asia/Shanghai\",\"factor\":\"0.5\"",
                            "\"multiplier\":\"0.8\",\"perRequest\":\"0.01\",\"perSecond\":\"0\"");
        }

        /** The last of three is taken out again; whoever adds one with the keyboard is led into it. */
        private void tiers_are_added_and_taken_out(Locator group) {
            for (var tier = 0; tier < 3; tier++) {
                group.locator(".add").press("Enter");
                page.locator("#price-tiers-" + tier + "-above:focus").waitFor();
                page.keyboard().type(tier == 1 ? "128000" : "32000");
                page.locator("#price-tiers-" + tier + "-input").fill(Integer.toString(4 + tier));
                page.locator("#price-tiers-" + tier + "-output").fill("16");
            }
            group.locator(".pills button").last().click();
            models.keeps();
            page.locator("#price-tiers-2-above[aria-invalid=true]:focus").waitFor();
            group.locator(".row").last().locator(".out").press("Enter");
            group.locator(".add:focus").waitFor();
            assertThat(group.locator("[aria-invalid=true]").count()).isZero();
            page.locator("#price-tiers-1-cachedInput").fill("0.4");
        }

        /** The hub itself says what is wrong with a zone. */
        private void hours_are_added(Locator group) {
            group.locator(".add").click();
            page.locator("#price-windows-0-name").fill("夜间");
            page.locator("#price-windows-0-factor").fill("0.5");
            for (var day : List.of("sat", "sun"))
                group.locator("[data-value=" + day + "]").click();
            page.locator("#price-windows-0-from").fill("22:00");
            page.locator("#price-windows-0-to").fill("06:00");
            page.locator("#price-windows-0-zone").fill("Mars/Olympus");
            models.keeps();
            page.locator("#price-windows-0-zone[aria-invalid=true]:focus").waitFor();
            page.locator("#price-windows-0-zone").fill("Asia/Shanghai");
        }

        void it_is_looked_at_and_followed_by_one_that_says_the_same_but_one_thing() {
            var price = page.locator("main li:has(.name:text-is('qwen-long'))");
            price.locator("summary").click();
            assertThat(price.locator(".terms").innerText())
                    .contains("超过 128,000 token", "只有超出的部分", "夜间", "22:00 至 06:00（Asia/Shanghai）：× 0.5")
                    .contains("qwen-long-latest", "3.125", "0.8", "0.01", "人工填写");
            judge.sees("prices-terms");
            var before = page.evaluate(TERMS).toString();

            price.locator(".tools .el-button").first().click();
            assertThat(page.locator("#price-model").isDisabled()).isTrue();
            page.locator("#price-input").fill("2.4");
            models.keeps();
            page.locator("#price-provider").waitFor(GONE);

            assertThat(page.evaluate(TERMS)).isEqualTo(before.replace("\"input\":\"2.5\"", "\"input\":\"2.4\""));
            price.locator(".figures:has-text('输入 2.4 CNY')").waitFor();
            page.locator("main .past .el-switch").click();
            page.waitForCondition(() -> price.count() == 2);
        }

        void a_rate_that_was_typed_wrongly_is_taken_back() {
            var dollars = page.locator("main li[data-currency=USD]");
            models.addsARate("usd", "7.1");
            dollars.locator(".worth:has-text('= 7.1 CNY')").waitFor();
            models.addsARate("usd", "71");
            dollars.locator("> .row .worth:has-text('= 71 CNY')").waitFor();
            dollars.locator("summary").click();
            judge.sees("prices-rates");

            dollars.locator("> .row .back").click();
            models.visible(".el-message-box .el-button--danger").click();

            dollars.locator("> .row .worth:has-text('= 7.1 CNY')").waitFor();
            assertThat(dollars.locator(".worth").count()).isEqualTo(1);
            assertThat(page.evaluate(
                            "async () => (await (await fetch('/api/prices')).json()).rates.map(one => one.rate)"))
                    .isEqualTo(List.of("7.1"));
        }
    }
}
