package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import io.kefuhub.dist.Watched.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An admin and WASM modules at the plugins page: brought, looked at, replaced, brought back, refused, taken out. */
@Timeout(180)
final class WasmPageIT {
    private static final String PASSWORD = "pine cup walnut cedar";
    private static final String MASK = "mask-phone-numbers";
    private static final String CARD = "article[data-plugin=" + MASK + "]";
    private static final Path MODULE = FilesOnPage.example(MASK).getFirst();
    private static final Path MANIFEST = FilesOnPage.example(MASK).getLast();

    @TempDir
    Path folder;

    @Test
    void a_module_goes_live_judges_a_message_tells_how_it_fares_and_is_replaced_brought_back_and_refused()
            throws IOException {
        var home = folder.resolve("home");
        try (var hub = UnpackedHub.start(UnpackedHub.prepared(), home);
                var browser = new Watched()) {
            hub.awaitReady();
            var li = new Desk(browser.person(Window.DESKTOP, "zh-CN"), hub.url.resolve("/console"));
            li.signsIn(hub.printed("登录名"), hub.printed("一次性密码"), PASSWORD);
            var admin = new Admin(li, Visitor.of(hub), home);

            admin.module_and_manifest_dropped_on_the_page_go_live_together();
            admin.the_same_two_files_in_the_folder_are_the_same_version();
            admin.what_it_did_to_a_message_is_counted_logged_and_told_in_the_trace();
            admin.a_newer_one_takes_over_and_the_old_one_is_brought_back();
            admin.half_a_module_and_a_lonely_manifest_change_nothing();
            admin.a_filter_can_be_left_out_only_of_what_it_judges();
            admin.a_message_is_tried_before_anybody_writes_it_and_again_when_a_filter_changes();
            admin.the_chain_is_set_and_read_on_one_page();
            admin.it_is_switched_off();

            assertThat(browser.faults).isEmpty();
        }
    }

    private static final class Admin {
        private final Desk desk;
        private final Page page;
        private final Visitor visitor;
        private final Path home;

        Admin(Desk desk, Visitor visitor, Path home) {
            this.desk = desk;
            this.page = desk.page;
            this.visitor = visitor;
            this.home = home;
        }

        void module_and_manifest_dropped_on_the_page_go_live_together() throws IOException {
            goesToPlugins();
            FilesOnPage.drop(page, MANIFEST, MODULE);
            serving("1.0.0").waitFor();
            page.locator(CARD + " [data-filter=" + MASK + "]").waitFor();
            page.locator(CARD).getByText("检查客户发来的").first().waitFor();

            assertThat(page.locator(CARD).innerText())
                    .contains("隐藏电话号码", "WASM 模块", "上传", "Kefu Hub", "最多 50 ms、4.0 MB 内存", "检查客户发来的");
            assertThat(page.locator("p.slow").count()).isZero();
            var hash = page.locator(CARD + " .line .copy .mono").first();
            assertThat(hash.innerText()).hasSize(12);
            assertThat(hash.getAttribute("title")).startsWith(hash.innerText());
            assertThat(Hashes.below(home.resolve("data/plugins"))).contains(hash.getAttribute("title"));
        }

        void the_same_two_files_in_the_folder_are_the_same_version() throws IOException {
            var modules = home.resolve("wasm");
            Files.copy(MANIFEST, modules.resolve(MASK + ".json"));
            Files.copy(MODULE, modules.resolve(MASK + ".wasm"));
            page.locator(".activation[data-outcome=unchanged]").first().waitFor();

            page.locator(CARD + " summary").first().click();
            assertThat(page.locator(CARD + " [data-version]").count()).isEqualTo(1);
            page.locator(CARD + " summary").first().click();
        }

        void what_it_did_to_a_message_is_counted_logged_and_told_in_the_trace() {
            visitor.says("怎么退货，我的电话 13912345678");
            visitor.hearsFromTheHub(1);
            number("改写", "1").waitFor();
            page.locator(CARD + " summary").last().click();
            var line = page.locator(CARD + " .log li", new Page.LocatorOptions().setHasText("1 numbers hidden"));
            line.waitFor();
            assertThat(visitor.events()).contains(line.getAttribute("data-message"));
            assertThat(line.innerText()).contains("信息", MASK + " 1.0.0");
            page.locator(CARD).scrollIntoViewIfNeeded();
            Watched.shot(page, "wasm-log-zh-desktop");

            line.locator("a").click();
            desk.heard("customer", "139****5678").waitFor();
            var trace = desk.whyOfTheBot("");
            trace.waitFor();
            assertThat(trace.innerText()).contains(MASK);
            page.keyboard().press("Escape");
        }

        void a_newer_one_takes_over_and_the_old_one_is_brought_back() {
            goesToPlugins();
            FilesOnPage.choose(page, FilesOnPage.changed(MANIFEST, "\"1.0.0\"", "\"1.1.0\""), MODULE);
            serving("1.1.0").waitFor();
            number("调用", "0").waitFor();

            page.locator(CARD + " summary").first().click();
            page.locator(CARD + " [data-version='1.0.0'] .serve").click();
            page.locator(".el-message-box .el-button--primary").click();
            serving("1.0.0").waitFor();
        }

        void half_a_module_and_a_lonely_manifest_change_nothing() throws IOException {
            var half = Files.createTempDirectory("half").resolve(MASK + ".wasm");
            Files.write(half, Arrays.copyOf(Files.readAllBytes(MODULE), 5_000));
            FilesOnPage.drop(page, half, FilesOnPage.changed(MANIFEST, "\"1.0.0\"", "\"1.2.0\""));
            var refused = page.locator(".activation[data-outcome=refused]").first();
            refused.waitFor();
            assertThat(refused.innerText()).contains(MASK + ".wasm");

            FilesOnPage.drop(page, MANIFEST);
            page.locator(".el-message--warning", new Page.LocatorOptions().setHasText(MASK + ".json"))
                    .first()
                    .waitFor();
            serving("1.0.0").waitFor();
        }

        void a_filter_can_be_left_out_only_of_what_it_judges() {
            var files = FilesOnPage.example("order-numbers");
            FilesOnPage.choose(page, files.getFirst(), files.getLast());
            page.locator("article[data-plugin=order-numbers][data-state=serving]")
                    .waitFor();
            page.locator(".pills button").nth(1).click();
            var row = page.locator("li[data-key=order-numbers]");
            assertThat(row.innerText()).contains("检查客户发来的");

            row.locator(".name").click();
            var asked = page.locator(".el-dialog .el-checkbox").locator("visible=true");
            asked.first().waitFor();
            assertThat(asked.allInnerTexts()).containsExactly("客户发来的");
            page.keyboard().press("Escape");
        }

        void a_message_is_tried_before_anybody_writes_it_and_again_when_a_filter_changes() {
            var seen = visitor.events();
            page.locator("#try-text").fill("SO-123456 的电话 13912345678");
            page.locator("[data-playground] form .el-button--primary").click();
            var masked = step(MASK);
            masked.waitFor();

            assertThat(masked.getAttribute("data-verdict")).isEqualTo("rewrite");
            assertThat(masked.innerText()).contains("隐藏电话号码", "1.0.0", "改写", "s");
            assertThat(masked.locator("del").textContent()).isEqualTo("【删去：1234】");
            assertThat(masked.locator("ins").textContent()).isEqualTo("【新增：****】");
            assertThat(step("order-numbers").innerText()).contains("order:SO-123456", "放行");
            var end = page.locator(".result .end").innerText();
            assertThat(end).contains("通过", "按此处的文字作答");
            page.locator("[data-playground]").scrollIntoViewIfNeeded();
            Watched.shot(page, "chain-playground-zh-desktop");

            FilesOnPage.choose(page, FilesOnPage.changed(MANIFEST, "\"1.0.0\"", "\"1.3.0\""), MODULE);
            masked.getByText("1.3.0").waitFor();
            assertThat(page.locator(".result .again").innerText()).contains("已自动重试");
            assertThat(visitor.events()).as("nobody wrote it").isEqualTo(seen);
        }

        void the_chain_is_set_and_read_on_one_page() {
            var row = page.locator("li[data-key=" + MASK + "]");
            var customers = row.locator("[data-stages] [data-value=CUSTOMER_IN]");
            customers.click();
            step(MASK).getByText("已设为不检查这类消息").waitFor();
            page.locator("[data-stages] [data-value=CUSTOMER_IN][aria-pressed=false]")
                    .waitFor();
            Watched.shot(page, "chain-row-zh-desktop");
            customers.click();
            page.locator("[data-step=" + MASK + "][data-verdict=rewrite]").waitFor();

            row.locator(".deadline input").fill("700");
            row.locator(".deadline input").press("Enter");
            opened(
                            row.locator(".failing"),
                            page.locator(".el-select-dropdown__item:has-text('拦截')")
                                    .locator("visible=true"))
                    .click();
            row.locator(".failing", new Locator.LocatorOptions().setHasText("拦截"))
                    .waitFor();
            page.reload();
            row.locator(".failing", new Locator.LocatorOptions().setHasText("拦截"))
                    .waitFor();
            assertThat(row.locator(".deadline input").inputValue()).isEqualTo("700");

            // What the visitor wrote before was one hit of this filter, whichever version it had.
            var hour = row.locator("dl > div:has(dt:text-is('近 1 小时命中')) dd");
            hour.waitFor();
            assertThat(hour.innerText()).matches("[1-9][\\d.]*%");
            visitor.says("我的电话 13912345678，13912345679");
            page.waitForCondition(() ->
                    row.locator(".hits dl > div").first().getAttribute("title").contains("改写 2"));
            page.locator("h1").scrollIntoViewIfNeeded();
            Watched.shot(page, "chain-zh-desktop");
        }

        /** An item of a list, which shuts again where the row is drawn anew with what was just saved. */
        private static Locator opened(Locator list, Locator item) {
            for (var tries = 1; ; tries++) {
                list.click();
                try {
                    item.waitFor(new Locator.WaitForOptions().setTimeout(5_000));
                    return item;
                } catch (TimeoutError e) {
                    if (tries == 5) throw e;
                }
            }
        }

        private Locator step(String filter) {
            return page.locator("[data-step=" + filter + "]");
        }

        void it_is_switched_off() {
            page.locator(".pills button").first().click();
            page.locator(CARD + " .tools .el-button:not(.back)").first().click();
            page.locator(".el-message-box .el-button--primary").click();
            page.locator(CARD + "[data-state=off]").waitFor();
        }

        private void goesToPlugins() {
            page.locator(".rail nav a[href$='/plugins']").click();
            page.locator("article[data-plugin=channel-web][data-state=serving]").waitFor();
        }

        private Locator serving(String version) {
            return page.locator(CARD + "[data-state=serving] .version", new Page.LocatorOptions().setHasText(version));
        }

        private Locator number(String name, String value) {
            return page.locator(
                    CARD + " [data-filter] dl > div:has(dt:text-is('" + name + "')):has(dd:text-is('" + value + "'))");
        }
    }
}
