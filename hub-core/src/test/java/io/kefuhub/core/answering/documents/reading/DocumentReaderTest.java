package io.kefuhub.core.answering.documents.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentReaderTest {
    @TempDir
    private Path folder;

    @Test
    void markdown_gives_headings_paragraphs_items_and_rows() throws Exception {
        var read = read(Format.MARKDOWN, """
                ---
                title: x
                ---
                # Returns

                Within *seven* days
                of delivery.

                ## How
                - by post
                - in the shop

                | size | fee |
                |---|---|
                | big | 20 |
                """);

        assertThat(read)
                .containsExactly(
                        heading(1, "Returns"),
                        text("Within seven days of delivery."),
                        heading(2, "How"),
                        text("• by post"),
                        text("• in the shop"),
                        text("size | fee"),
                        text("big | 20"));
    }

    @Test
    void a_page_gives_what_a_person_reads_and_no_scripts_or_menus() throws Exception {
        var read = read(
                Format.HTML,
                "<html><head><title>t</title><style>p{}</style></head><body><nav>Home</nav><h2>运费</h2><p>满 99 元<b>包邮</b>。"
                        + "<script>alert(1)</script></p><div hidden>secret</div><table><tr><th>地区</th><td>新疆</td></tr></table>"
                        + "<footer>©</footer></body></html>");

        assertThat(read).containsExactly(heading(2, "运费"), text("满 99 元包邮。"), text("地区 | 新疆"));
    }

    @Test
    void what_was_saved_in_the_old_chinese_encoding_is_read() throws Exception {
        var chinese = Charset.forName("GB18030");

        assertThat(read(Format.TEXT, "退货政策如下".getBytes(chinese))).containsExactly(text("退货政策如下"));
        assertThat(read(Format.HTML, "<p>退货政策如下</p>".getBytes(chinese))).containsExactly(text("退货政策如下"));
        assertThat(read(Format.HTML, "<meta charset=gbk><p>退货</p>".getBytes(chinese)))
                .containsExactly(text("退货"));
    }

    @Test
    void plain_text_has_paragraphs_and_headings_by_their_numbers() throws Exception {
        var read = read(Format.TEXT, "第一章 总则\n\n一、适用范围\n本政策适用于全部商品。\n\n第二段。");

        assertThat(read).containsExactly(heading(1, "第一章 总则"), heading(2, "一、适用范围"), text("本政策适用于全部商品。"), text("第二段。"));
    }

    @Test
    void a_word_file_gives_headings_by_style_rows_and_no_deleted_words() throws Exception {
        var read = read(
                Format.DOCX,
                Papers.docx(Papers.paragraph("1", "Warranty")
                        + Papers.paragraph("own", "Batteries &amp; chargers")
                        + "<w:p><w:r><w:t>One </w:t></w:r><w:del><w:r><w:delText>two</w:delText><w:t>two</w:t></w:r></w:del>"
                        + "<w:r><w:t>year.</w:t></w:r></w:p>"
                        + "<w:tbl><w:tr><w:tc>" + Papers.paragraph("", "Part") + "</w:tc><w:tc>"
                        + Papers.paragraph("", "Months") + "</w:tc></w:tr></w:tbl>"
                        + "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>an item</w:t></w:r></w:p>"));

        assertThat(read)
                .containsExactly(
                        heading(1, "Warranty"),
                        heading(2, "Batteries & chargers"),
                        text("One year."),
                        text("Part | Months"),
                        text("• an item"));
    }

    @Test
    void items_of_a_word_files_lists_have_the_numbers_that_word_shows() throws Exception {
        var read = read(
                Format.DOCX,
                Papers.docx(Papers.item(7, 0, "Open the lid")
                        + Papers.item(7, 1, "with the key")
                        + Papers.item(7, 1, "or by hand")
                        + Papers.item(7, 0, "Take it out")
                        + Papers.item(8, 0, "begins anew")
                        + Papers.item(9, 0, "a point")
                        + Papers.item(0, 0, "no item")
                        + Papers.paragraph("numbered", "by its style")));

        assertThat(read)
                .containsExactly(
                        text("1. Open the lid"),
                        text("(1.a) with the key"),
                        text("(1.b) or by hand"),
                        text("2. Take it out"),
                        text("5. begins anew"),
                        text("• a point"),
                        text("no item"),
                        text("第一条 by its style"));
    }

    @Test
    void a_word_file_gives_links_insertions_controls_and_notes_and_nothing_that_was_moved_away() throws Exception {
        var read = read(
                Format.DOCX,
                Papers.docx(
                        "<w:p><w:hyperlink><w:r><w:t>Our shop</w:t></w:r></w:hyperlink><w:ins><w:r><w:t xml:space=\"preserve\">"
                                + " delivers</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
                                + "<w:r><w:footnoteReference w:id=\"2\"/><w:t>.</w:t></w:r></w:p>"
                                + "<w:sdt><w:sdtContent>" + Papers.paragraph("1", "Inside")
                                + "</w:sdtContent></w:sdt>"
                                + "<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val=\"1\"/></w:pPr></w:pPrChange></w:pPr>"
                                + "<w:r><w:t>a heading once</w:t></w:r></w:p>"
                                + "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>" + Papers.paragraph("", "in")
                                + "</w:tc></w:tr></w:tbl>" + Papers.paragraph("", "out") + "</w:tc></w:tr></w:tbl>"));

        assertThat(read)
                .containsExactly(
                        text("Our shop delivers (within the country, islands apart)."),
                        heading(1, "Inside"),
                        text("a heading once"),
                        text("in out"));
    }

    @Test
    void a_pdf_gives_pages_headings_by_size_and_lines_joined_to_paragraphs() throws Exception {
        var pages = new ArrayList<Integer>();
        var file = write(Papers.pdf(List.of(
                List.of("Returns", "You may return an item within seven days of de-\nlivery, unused and complete."),
                List.of("Shipping", "Orders above 99 yuan are sent free of charge."))));

        var reading = new DocumentReader(folder).read(Format.PDF, file, (read, of) -> pages.add(read * 100 + of));

        assertThat(reading.blocks())
                .containsExactly(
                        new Block(1, 1, "Returns"),
                        new Block(0, 1, "You may return an item within seven days of delivery, unused and complete."),
                        new Block(1, 2, "Shipping"),
                        new Block(0, 2, "Orders above 99 yuan are sent free of charge."));
        assertThat(reading.pages()).isEqualTo(2);
        assertThat(pages).containsExactly(102, 202);
    }

    @Test
    void each_fault_is_told_from_the_others() throws Exception {
        assertTrouble(Trouble.SCANNED, Format.PDF, Papers.scanned());
        assertTrouble(Trouble.LOCKED, Format.PDF, Papers.locked());
        assertTrouble(Trouble.BROKEN, Format.PDF, "%PDF-1.7 and then nothing".getBytes(UTF_8));
        assertTrouble(Trouble.EMPTY, Format.PDF, Papers.emptyPages(1));
        assertTrouble(Trouble.TOO_MANY_PAGES, Format.PDF, Papers.emptyPages(Limits.PAGES + 1));
        assertTrouble(Trouble.BROKEN, Format.DOCX, "PK and then nothing".getBytes(UTF_8));
        assertTrouble(Trouble.BROKEN, Format.DOCX, Papers.docx("<w:p>"));
        assertTrouble(Trouble.STRICT_WORD, Format.DOCX, Papers.strictDocx());
        assertTrouble(Trouble.EMPTY, Format.MARKDOWN, "\n\n".getBytes(UTF_8));
        assertTrouble(Trouble.ENCODING, Format.TEXT, new byte[] {(byte) 0xFF, (byte) 0xFF, 0});
        assertTrouble(
                Trouble.TOO_LONG, Format.TEXT, "a b\n".repeat(Limits.CHARACTERS).getBytes(UTF_8));
    }

    @Test
    void a_word_file_that_unpacks_to_a_mountain_is_given_up() throws Exception {
        var space = " ".repeat(1 << 20).getBytes(UTF_8);

        assertTrouble(Trouble.TOO_HEAVY, Format.DOCX, Papers.docxOf(out -> {
            out.write(("<w:document xmlns:w=\"" + Papers.WORD + "\">").getBytes(UTF_8));
            for (int megabyte = 0; megabyte < 100; megabyte++) out.write(space);
            out.write("</w:document>".getBytes(UTF_8));
        }));
    }

    @Test
    void a_word_file_that_takes_all_memory_costs_the_process_that_reads_it() throws Exception {
        var letters = "x".repeat(1 << 20).getBytes(UTF_8);

        assertTrouble(Trouble.TOO_HEAVY, Format.DOCX, Papers.docxOf(out -> {
            out.write(("<w:document xmlns:w=\"" + Papers.WORD + "\"><w:body><w:p><w:r><w:t>").getBytes(UTF_8));
            for (int megabyte = 0; megabyte < 63; megabyte++) out.write(letters);
        }));
    }

    @Test
    void a_word_file_cannot_have_other_files_read_into_it() throws Exception {
        var secret = Files.writeString(folder.resolve("secret.txt"), "the secret");
        var evil = "<!DOCTYPE d [<!ENTITY x SYSTEM \"" + secret.toUri()
                + "\">]><w:document xmlns:w=\"" + Papers.WORD
                + "\"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>";

        assertTrouble(Trouble.BROKEN, Format.DOCX, Papers.docxOf(out -> out.write(evil.getBytes(UTF_8))));
    }

    @Test
    void a_page_of_a_million_open_tags_ends_one_way_or_another() throws Exception {
        var file = write("<div>".repeat(1_000_000).getBytes(UTF_8));

        assertThatThrownBy(() -> new DocumentReader(folder).read(Format.HTML, file, (read, of) -> {}))
                .isInstanceOf(UnreadableException.class);
    }

    private List<Block> read(Format format, String content) throws Exception {
        return read(format, content.getBytes(UTF_8));
    }

    private List<Block> read(Format format, byte[] content) throws Exception {
        return new DocumentReader(folder)
                .read(format, write(content), (read, of) -> {})
                .blocks();
    }

    private void assertTrouble(Trouble trouble, Format format, byte[] content) throws IOException {
        var file = write(content);
        assertThatThrownBy(() -> new DocumentReader(folder).read(format, file, (read, of) -> {}))
                .as(trouble.name())
                .isInstanceOfSatisfying(
                        UnreadableException.class,
                        unreadable -> assertThat(unreadable.trouble()).isEqualTo(trouble));
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(folder, "paper", ""), content);
    }

    private static Block heading(int level, String text) {
        return new Block(level, 0, text);
    }

    private static Block text(String text) {
        return Block.text(0, text);
    }
}
