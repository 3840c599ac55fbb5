package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.kefuhub.core.answering.documents.reading.Papers;
import io.kefuhub.dist.Watched.Window;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A supervisor at the knowledge page: documents come in, are read, tried, replaced and refused; a proposal is published. */
@Timeout(240)
final class DocumentsPageIT {
    private static final String PASSWORD = "pine cup walnut cedar";
    private static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static final byte[] MANUAL = Papers.pdf(List.of(
            List.of("Returns", "You may return an item within seven days of delivery."),
            List.of("Batteries", "The battery of the lantern lasts forty hours.")));

    private static final Locator.WaitForOptions GONE =
            new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);

    @TempDir
    Path folder;

    @Test
    void documents_are_uploaded_read_tried_and_refused_and_a_proposal_is_published() {
        try (var hub = UnpackedHub.start(UnpackedHub.prepared(), folder.resolve("home"));
                var browser = new Watched()) {
            hub.awaitReady();
            var li = new Desk(browser.person(Window.DESKTOP, "zh-CN"), hub.url.resolve("/console"));
            li.signsIn(hub.printed("登录名"), hub.printed("一次性密码"), PASSWORD);
            li.page.navigate(hub.url + "/console/knowledge/documents");
            var keeper = new Keeper(li.page);

            keeper.uploads_a_pdf_and_a_word_file_and_sees_them_read();
            keeper.is_told_why_a_scan_an_old_file_and_a_broken_one_are_not_read();
            keeper.sees_the_pieces_with_heading_and_page();
            keeper.asks_and_sees_the_passage_with_its_source();
            keeper.publishes_what_an_agent_proposed(hub.url);
            keeper.deletes_a_document();

            var phone = browser.again(Window.PHONE, "en-GB", Watched.storageOf(li.page));
            phone.setViewportSize(360, 780);
            phone.navigate(hub.url + "/console/knowledge/documents");
            phone.locator(".documents .name").first().waitFor();
            assertThat((Integer) phone.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(360);
            Watched.shot(phone, "documents-en-phone");
            phone.locator(".documents .name").first().focus();
            phone.keyboard().press("Enter");
            phone.locator(".chunks .text").first().waitFor();
            assertThat((Integer) phone.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(360);
            Watched.shot(phone, "document-en-phone");
            assertThat(browser.faults).isEmpty();
        }
    }

    private record Keeper(Page page) {
        void uploads_a_pdf_and_a_word_file_and_sees_them_read() {
            var manual = new FilePayload("manual.pdf", "application/pdf", MANUAL);
            var warranty = new FilePayload(
                    "保修.docx",
                    WORD,
                    Papers.docx(Papers.paragraph("1", "保修期限") + Papers.paragraph("", "营地灯保修两年，电池保修一年。")));
            page.locator(".documents input[type=file]").setInputFiles(new FilePayload[] {manual, warranty});

            row("manual.pdf").locator(".state.ok").waitFor();
            row("保修.docx").locator(".state.ok").waitFor();
            assertThat(row("manual.pdf").innerText()).contains("2 页", "2 个片段", "英文");
            assertThat(row("保修.docx").innerText()).contains("1 个片段", "中文");
        }

        void is_told_why_a_scan_an_old_file_and_a_broken_one_are_not_read() {
            var old = new FilePayload(
                    "old.doc", "application/msword", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0});
            var broken = new FilePayload(
                    "broken.pdf", "application/pdf", "%PDF-1.7 and then nothing".getBytes(StandardCharsets.UTF_8));
            page.locator(".documents input[type=file]").setInputFiles(new FilePayload[] {old, broken});

            page.locator(".refused li").waitFor();
            assertThat(page.locator(".refused").innerText()).contains("old.doc", "另存为 .docx");
            row("broken.pdf").locator(".state.danger").waitFor();
            assertThat(row("broken.pdf").innerText()).contains("文件已损坏");
            Watched.shot(page, "documents-zh-desktop");
        }

        void sees_the_pieces_with_heading_and_page() {
            row("manual.pdf").locator(".name").click();
            var second = page.locator(".chunks li").nth(1);
            second.waitFor();

            assertThat(second.innerText())
                    .contains("Batteries", "第 2 页", "The battery of the lantern lasts forty hours.");
        }

        void asks_and_sees_the_passage_with_its_source() {
            page.locator(".panel form > .el-input input").fill("how long does the battery of the lantern last");
            page.locator(".panel button[type=submit]").click();
            var passage = page.locator(".passages li").first();
            passage.waitFor();

            assertThat(passage.innerText()).contains("manual.pdf > Batteries", "forty hours", "第 2 页");
            Watched.shot(page, "document-tried-zh-desktop");
        }

        void publishes_what_an_agent_proposed(URI url) {
            page.evaluate("""
                    async () => {
                      const session = await (await fetch('/api/session')).json()
                      await fetch('/api/knowledge/proposals', {
                        method: 'POST',
                        headers: { 'Content-Type': 'application/json', 'X-CSRF': session.csrf },
                        body: JSON.stringify({ question: '露营车能上高速吗？', answer: '不能，请托运。' }),
                      })
                    }""");
            page.navigate(url + "/console/knowledge/proposals");
            page.locator(".proposal textarea").fill("不能上高速，请托运。");
            Watched.shot(page, "proposals-zh-desktop");
            page.locator(".proposal button[type=submit]").click();
            page.locator(".empty").waitFor();

            page.locator(".panel form > .el-input input").fill("露营车能上高速吗");
            page.locator(".panel button[type=submit]").click();
            page.locator(".panel .answer").waitFor();
            assertThat(page.locator(".panel .answer").innerText()).isEqualTo("不能上高速，请托运。");
        }

        void deletes_a_document() {
            page.navigate(page.url().replace("/proposals", "/documents"));
            row("broken.pdf").locator(".name").click();
            page.locator("header .actions button").last().click();
            page.locator(".el-message-box .el-button--primary").click();
            page.waitForURL("**/knowledge/documents");
            row("manual.pdf").waitFor();
            row("broken.pdf").waitFor(GONE);
        }

        private Locator row(String name) {
            return page.locator(".list li", new Page.LocatorOptions().setHasText(name));
        }
    }
}
