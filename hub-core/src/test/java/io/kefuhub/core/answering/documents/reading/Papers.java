package io.kefuhub.core.answering.documents.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/** Makes documents as people and attackers have them. */
public final class Papers {
    private static final int PARAGRAPH_GAP = 26;

    private Papers() {}

    /** Each page is a heading and its paragraphs, whose lines are divided by {@code \n}. */
    public static byte[] pdf(List<List<String>> pages) {
        return written(document -> {
            for (var paragraphs : pages) {
                var page = new PDPage();
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    float y = 740;
                    for (int number = 0; number < paragraphs.size(); number++) {
                        for (var line : paragraphs.get(number).split("\n")) {
                            content.beginText();
                            var font = number == 0
                                    ? Standard14Fonts.FontName.HELVETICA_BOLD
                                    : Standard14Fonts.FontName.HELVETICA;
                            content.setFont(new PDType1Font(font), number == 0 ? 18 : 11);
                            content.newLineAtOffset(60, y);
                            content.showText(line);
                            content.endText();
                            y -= 14;
                        }
                        y -= PARAGRAPH_GAP;
                    }
                }
            }
        });
    }

    static byte[] scanned() {
        return written(document -> {
            var page = new PDPage();
            document.addPage(page);
            var picture =
                    LosslessFactory.createFromImage(document, new BufferedImage(40, 60, BufferedImage.TYPE_INT_RGB));
            try (var content = new PDPageContentStream(document, page)) {
                content.drawImage(picture, 0, 0, 600, 800);
            }
        });
    }

    static byte[] locked() {
        return written(document -> {
            document.addPage(new PDPage());
            document.protect(new StandardProtectionPolicy("owner", "secret", new AccessPermission()));
        });
    }

    static byte[] emptyPages(int count) {
        return written(document -> {
            for (int page = 0; page < count; page++) document.addPage(new PDPage());
        });
    }

    /** A Word file with this body. */
    public static byte[] docx(String body) {
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"" + WORD + "\"><w:body>" + body
                + "</w:body></w:document>";
        return docxOf(out -> out.write(xml.getBytes(UTF_8)));
    }

    static byte[] docxOf(Writing body) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            entry(zip, "[Content_Types].xml", out -> out.write(TYPES.getBytes(UTF_8)));
            entry(zip, "_rels/.rels", out -> out.write(MAIN.getBytes(UTF_8)));
            entry(zip, "word/_rels/document.xml.rels", out -> out.write(PARTS.getBytes(UTF_8)));
            entry(zip, "word/styles.xml", out -> out.write(STYLES.getBytes(UTF_8)));
            entry(zip, "word/numbering.xml", out -> out.write(NUMBERING.getBytes(UTF_8)));
            entry(zip, "word/footnotes.xml", out -> out.write(FOOTNOTES.getBytes(UTF_8)));
            entry(zip, "word/document.xml", body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A paragraph, of a style where one is named. */
    public static String paragraph(String style, String text) {
        var properties = style.isEmpty() ? "" : "<w:pPr><w:pStyle w:val=\"" + style + "\"/></w:pPr>";
        return "<w:p>" + properties + "<w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
    }

    /** An item of a list: 7 and 8 are numbered by one pattern, 9 has points, 0 is none. */
    static String item(int list, int level, String text) {
        return "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" + level + "\"/><w:numId w:val=\"" + list
                + "\"/></w:numPr></w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
    }

    /** As Word saves it when it is told to hold to the standard. */
    static byte[] strictDocx() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            entry(zip, "[Content_Types].xml", out -> out.write(TYPES.getBytes(UTF_8)));
            var main = relations(
                    relation(1, "http://purl.oclc.org/ooxml/officeDocument", "officeDocument", "word/document.xml"));
            entry(zip, "_rels/.rels", out -> out.write(main.getBytes(UTF_8)));
            entry(zip, "word/document.xml", out -> out.write("<document/>".getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String relations(String all) {
        return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + all
                + "</Relationships>";
    }

    private static String relation(int id, String base, String type, String target) {
        return "<Relationship Id=\"r" + id + "\" Type=\"" + base + "/relationships/" + type + "\" Target=\"" + target
                + "\"/>";
    }

    private static String override(String part, String type) {
        return "<Override PartName=\"/word/" + part
                + ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument." + "wordprocessingml." + type
                + "+xml\"/>";
    }

    static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006";

    private static final String TYPES = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + override("document", "document.main") + override("styles", "styles") + override("numbering", "numbering")
            + override("footnotes", "footnotes") + "</Types>";
    private static final String MAIN = relations(relation(1, OFFICE, "officeDocument", "word/document.xml"));
    private static final String PARTS = relations(relation(1, OFFICE, "styles", "styles.xml")
            + relation(2, OFFICE, "numbering", "numbering.xml")
            + relation(3, OFFICE, "footnotes", "footnotes.xml"));

    private static String level(int level, String format, String text) {
        return "<w:lvl w:ilvl=\"" + level + "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" + format
                + "\"/><w:lvlText w:val=\"" + text + "\"/></w:lvl>";
    }

    private static String list(int id, int pattern, String more) {
        return "<w:num w:numId=\"" + id + "\"><w:abstractNumId w:val=\"" + pattern + "\"/>" + more + "</w:num>";
    }

    private static final String NUMBERING = "<w:numbering xmlns:w=\"" + WORD + "\">"
            + "<w:abstractNum w:abstractNumId=\"1\">" + level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%1.%2)")
            + "</w:abstractNum>"
            + "<w:abstractNum w:abstractNumId=\"2\">" + level(0, "bullet", "\uF0B7") + "</w:abstractNum>"
            + "<w:abstractNum w:abstractNumId=\"3\">" + level(0, "chineseCounting", "第%1条") + "</w:abstractNum>"
            + list(7, 1, "")
            + list(8, 1, "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>")
            + list(9, 2, "") + list(10, 3, "") + "</w:numbering>";

    private static final String FOOTNOTES = "<w:footnotes xmlns:w=\"" + WORD
            + "\"><w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/>"
            + "<w:t xml:space=\"preserve\"> within the country,</w:t></w:r></w:p>" + paragraph("", "islands apart")
            + "</w:footnote><w:footnote w:id=\"3\">" + paragraph("", "another") + "</w:footnote></w:footnotes>";

    private static final String STYLES =
            "<w:styles xmlns:w=\"" + WORD + "\"><w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>"
                    + "<w:style w:styleId=\"2\"><w:name w:val=\"标题 2\"/></w:style>"
                    + "<w:style w:styleId=\"own\"><w:name w:val=\"Our heading\"/><w:basedOn w:val=\"2\"/></w:style>"
                    + "<w:style w:styleId=\"numbered\"><w:pPr><w:numPr><w:numId w:val=\"10\"/></w:numPr></w:pPr></w:style>"
                    + "</w:styles>";

    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private interface Drawing {
        void on(PDDocument document) throws IOException;
    }

    private static void entry(ZipOutputStream zip, String name, Writing content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        content.to(zip);
        zip.closeEntry();
    }

    private static byte[] written(Drawing drawing) {
        var bytes = new ByteArrayOutputStream();
        try (var document = new PDDocument()) {
            drawing.on(document);
            document.save(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
