package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import io.kefuhub.dist.Watched.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An admin at the plugins page: what is dropped into the folder, set up, replaced, brought back and refused. */
@Timeout(180)
final class PluginsPageIT {
    private static final String PASSWORD = "pine cup walnut cedar";
    private static final Duration SOON = Duration.ofSeconds(2);
    /** Half of them are in the canary; an address may bring twenty an hour. */
    private static final int MOST_VISITORS = 19;

    /** So much that the few calls of three visitors are enough to judge by, and no more than a visitor may say at once. */
    private static final int QUESTIONS = 8;

    private static final String CARD = "article[data-plugin=" + StampPlugin.ID + "]";

    @TempDir
    Path folder;

    @Test
    void a_plugin_goes_live_is_set_up_replaced_brought_back_and_tried_and_a_broken_one_changes_nothing() {
        var home = folder.resolve("home");
        // A hub for authors looks often whether what was unloaded is gone.
        var authors = Map.of("KEFUHUB_PLUGINS_DEV", folder.resolve("build").toString());
        try (var hub = UnpackedHub.start(UnpackedHub.prepared(), home, authors);
                var browser = new Watched()) {
            hub.awaitReady();
            var li = new Desk(browser.person(Window.DESKTOP, "zh-CN"), hub.url.resolve("/console"));
            li.signsIn(hub.printed("登录名"), hub.printed("一次性密码"), PASSWORD);
            li.page.locator(".rail nav a[href$='/plugins']").click();
            li.page
                    .locator("article[data-plugin=channel-web][data-state=serving]")
                    .waitFor();
            var admin = new Admin(li.page, Visitor.of(hub), home.resolve("plugins"));

            admin.what_is_dropped_is_seen_to_go_live();
            admin.a_wrong_value_is_marked_and_a_right_one_counts_at_once();
            admin.a_newer_version_takes_over_and_the_old_one_is_brought_back();
            admin.a_broken_version_is_refused_with_the_reason();
            admin.a_version_that_wants_more_waits_for_a_word();
            admin.a_version_is_tried_in_the_shadow_and_promoted();
            admin.what_holds_a_version_that_stayed_is_found_out_by_a_button();
            admin.a_jar_comes_by_the_button_and_another_by_being_dropped_on_the_page();
            admin.a_canary_that_fails_is_taken_back_by_itself_and_customers_notice_nothing(hub);
            admin.filters_are_put_into_order_by_key_and_by_hand();
            admin.a_form_with_every_type_of_field_keeps_what_was_entered();

            assertThat(browser.faults).isEmpty();
        }
    }

    /** Somebody at the page, and a visitor who asks while they work. */
    private static final class Admin {
        private final Page page;
        private final Visitor visitor;
        private final Path plugins;
        private final List<Duration> took = new ArrayList<>();
        private int heard;

        Admin(Page page, Visitor visitor, Path plugins) {
            this.page = page;
            this.visitor = visitor;
            this.plugins = plugins;
        }

        void what_is_dropped_is_seen_to_go_live() {
            var jar = StampPlugin.drop(plugins, "1.0.0");
            var dropped = System.nanoTime();
            serving("1.0.0").waitFor();
            took.add(Duration.ofNanos(System.nanoTime() - dropped));
            assertThat(happening("serving", "1.0.0").innerText()).contains("复制", "检查", "加载", "试运行", "上线");
            assertThat(page.locator(CARD + " .line").first().innerText())
                    .contains("来自文件夹", StampPlugin.AUTHOR, Hashes.of(jar).substring(0, 12));
            assertThat(fact("提供").innerText()).contains("盖章", "过滤器");
            assertThat(page.locator(CARD + " .back").count()).isZero();
            Watched.shot(page, "plugins-serving-zh-desktop");
        }

        void a_wrong_value_is_marked_and_a_right_one_counts_at_once() {
            page.locator(CARD + " .chip .icon-button").click();
            var word = page.locator("#setting-word");
            word.fill("a long word");
            check();
            page.locator("#setting-word[aria-invalid=true]").waitFor();
            assertThat(page.locator("#setting-word-mark").innerText()).contains("at most 4 characters");
            Watched.shot(page, "plugins-marked-zh-desktop");

            word.fill("good");
            check();
            page.locator(".fine svg").waitFor();
            visible(".el-dialog .el-button--primary").click();
            page.locator(CARD + " button.chip").waitFor();

            assertThat(answer()).contains("[good 1.0.0]");
            page.reload();
            serving("1.0.0").waitFor();
            assertThat(fact("用于").locator("button.chip").allInnerTexts())
                    .singleElement()
                    .asString()
                    .contains("盖章");
            assertThat(page.locator(CARD + " dl.numbers > div:has(dt:text-is('调用')) dd")
                            .innerText())
                    .matches("[1-9]\\d*");
        }

        void a_form_with_every_type_of_field_keeps_what_was_entered() {
            page.locator(".pills button").first().click();
            new EveryField(page, this::answer).is_filled_kept_and_opened_again_in_both_languages();
        }

        void a_newer_version_takes_over_and_the_old_one_is_brought_back() {
            StampPlugin.drop(plugins, "1.1.0");
            var dropped = System.nanoTime();
            serving("1.1.0").waitFor();
            took.add(Duration.ofNanos(System.nanoTime() - dropped));
            // A busy machine may hold one of the two up.
            assertThat(took).anySatisfy(one -> assertThat(one).isLessThan(SOON));

            assertThat(answer()).contains("[good 1.1.0]");

            var back = page.locator(CARD + " .back");
            assertThat(back.innerText()).isEqualTo("退回 1.0.0");
            Watched.shot(page, "plugins-back-zh-desktop");
            back.click();
            serving("1.0.0").waitFor();

            assertThat(page.locator(".el-message-box").count()).isZero();
            assertThat(answer()).contains("[good 1.0.0]");
            assertThat(back.count()).isZero();
        }

        void a_broken_version_is_refused_with_the_reason() {
            StampPlugin.dropBroken(plugins, "1.2.0");
            page.locator(CARD + " .detail").waitFor();

            assertThat(page.locator(CARD + " .detail").innerText()).contains("the ink is dry", "仍由 1.0.0 服务");
            assertThat(happening("refused", "1.2.0").innerText()).contains("the ink is dry");
            serving("1.0.0").waitFor();
            assertThat(answer()).contains("[good 1.0.0]");
            Watched.shot(page, "plugins-refused-zh-desktop");
        }

        void a_version_that_wants_more_waits_for_a_word() {
            StampPlugin.dropAsking(plugins, "1.3.0", "api.example.com");
            var asking = page.locator(CARD + " [data-asks='1.3.0']");
            asking.waitFor();
            assertThat(asking.innerText()).contains("访问 api.example.com", "没有签名");
            assertThat(answer()).contains("[good 1.0.0]");
            Watched.shot(page, "plugins-asking-zh-desktop");

            asking.locator(".el-button--primary").click();
            serving("1.3.0").waitFor();

            assertThat(answer()).contains("[good 1.3.0]");
        }

        void a_version_is_tried_in_the_shadow_and_promoted() {
            page.locator(CARD + " summary").first().click();
            page.locator(CARD + " [data-version='1.1.0'] .el-button").first().click();
            visible(".el-dialog .el-button--primary").click();
            var trial = page.locator(CARD + " [data-trial=shadow]");
            trial.waitFor();
            assertThat(answer()).contains("[good 1.3.0]");
            trial.locator(".sum", new Locator.LocatorOptions().setHasText("不同：1"))
                    .waitFor();
            Watched.shot(page, "plugins-trial-zh-desktop");

            trial.locator(".el-button--primary").click();
            page.locator(".el-message-box .el-button--primary").click();
            serving("1.1.0").waitFor();

            assertThat(answer()).contains("[good 1.1.0]");
        }

        void what_holds_a_version_that_stayed_is_found_out_by_a_button() {
            FilesOnPage.choose(page, StampPlugin.registering("1.3.1"));
            serving("1.3.1").waitFor();
            FilesOnPage.choose(page, StampPlugin.built("1.4.0"));
            serving("1.4.0").waitFor();
            var stayed = page.locator(CARD + " [data-stayed]");
            stayed.waitFor();
            assertThat(stayed.innerText()).contains("1.3.1").doesNotContain("java.util.logging");

            stayed.locator(".el-button").click();
            assertThat(page.locator(".el-message-box").innerText()).contains("暂停");
            page.locator(".el-message-box .el-button--primary").click();
            stayed.locator("ol li", new Locator.LocatorOptions().setHasText("ext.Registered"))
                    .waitFor();

            assertThat(stayed.locator("ol li").first().innerText()).startsWith("static java.util.logging.");
            assertThat(stayed.locator(".el-button").count()).isZero();
            assertThat(answer()).contains("[good 1.4.0]");
            Watched.shot(page, "plugins-stayed-zh-desktop");
        }

        void a_jar_comes_by_the_button_and_another_by_being_dropped_on_the_page() {
            FilesOnPage.choose(page, StampPlugin.built("1.5.0"));
            serving("1.5.0").waitFor();
            assertThat(page.locator(CARD + " .line").first().innerText()).contains("jar", "上传");
            assertThat(answer()).contains("[good 1.5.0]");

            FilesOnPage.drop(page, StampPlugin.built("1.6.0"));
            serving("1.6.0").waitFor();
            assertThat(answer()).contains("[good 1.6.0]");
        }

        void a_canary_that_fails_is_taken_back_by_itself_and_customers_notice_nothing(UnpackedHub hub) {
            page.locator(CARD + " dl dd .el-button").click();
            visible(".el-dialog .pills button:has-text('灰度')").click();
            visible("#trial-share").fill("50");
            visible(".el-dialog .el-button--primary").click();
            page.locator(CARD + " dl dd", new Page.LocatorOptions().setHasText("50 %"))
                    .first()
                    .waitFor();
            FilesOnPage.choose(page, StampPlugin.failing("1.7.0"));
            page.locator(CARD + " [data-trial=canary]").waitFor();
            Watched.shot(page, "plugins-canary-zh-desktop");

            var ended = page.locator(CARD + " [data-trial=ended]");
            for (var i = 0; i < MOST_VISITORS && ended.count() == 0; i++) {
                var one = Visitor.of(hub);
                for (var said = 1; said <= QUESTIONS; said++) {
                    one.says("怎么退货");
                    assertThat(one.hearsFromTheHub(said).getLast()).contains("[good 1.6.0]");
                }
            }
            ended.waitFor();

            assertThat(ended.locator(".ended").innerText()).contains("次调用中", "出错");
            serving("1.6.0").waitFor();
            assertThat(answer()).contains("[good 1.6.0]");
        }

        void filters_are_put_into_order_by_key_and_by_hand() {
            page.locator(".pills button").nth(1).click();
            page.locator(".add").click();
            visible(".el-dropdown-menu__item:has-text('盖章')").click();
            page.locator("#setting-word").fill("two");
            visible(".el-dialog .el-button--primary").click();
            last("stamp_2").waitFor();

            last("stamp_2").locator(".handle").press("ArrowUp");
            last("stamp").waitFor();
            page.waitForCondition(() -> answer().matches("(?s).*\\[two 1.6.0\\].*\\[good 1.6.0\\].*"));

            // Hovering waits until the row stands still; a hand moves in steps.
            last("stamp").locator(".handle").hover();
            page.mouse().down();
            var to = row("stamp_2").locator(".handle").boundingBox();
            page.mouse().move(to.x + to.width / 2, to.y + to.height / 2, new Mouse.MoveOptions().setSteps(5));
            page.mouse().up();
            last("stamp_2").waitFor();
            page.waitForCondition(() -> answer().matches("(?s).*\\[good 1.6.0\\].*\\[two 1.6.0\\].*"));
        }

        private void check() {
            page.locator(".el-dialog__footer .el-button").nth(1).click();
        }

        private Locator fact(String name) {
            return page.locator(CARD + " dl > div:has(dt:text-is('" + name + "'))");
        }

        private Locator serving(String version) {
            return page.locator(CARD + "[data-state=serving] .version", new Page.LocatorOptions().setHasText(version));
        }

        private Locator happening(String outcome, String version) {
            return page.locator(
                            ".activation[data-outcome=" + outcome + "]", new Page.LocatorOptions().setHasText(version))
                    .first();
        }

        private Locator visible(String selector) {
            return page.locator(selector).locator("visible=true").first();
        }

        private Locator row(String key) {
            return page.locator("li[data-key=" + key + "]");
        }

        private Locator last(String key) {
            return page.locator("li[data-key=" + key + "]:last-child");
        }

        /** What a visitor who asks now is told. */
        private String answer() {
            visitor.postsUntilStored(UUID.randomUUID().toString(), "怎么退货");
            return visitor.hearsFromTheHub(++heard).getLast();
        }
    }
}
