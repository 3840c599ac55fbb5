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
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/"
                + "wordprocessingml/2006/main\"><w:body>" + body + "</w:body></w:document>";
        return docxOf(out -> out.write(xml.getBytes(UTF_8)));
    }

    static byte[] docxOf(Writing body) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            entry(zip, "[Content_Types].xml", out -> out.write("<Types/>".getBytes(UTF_8)));
            entry(zip, "word/styles.xml", out -> out.write(STYLES.getBytes(UTF_8)));
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

    private static final String STYLES =
            "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>"
                    + "<w:style w:styleId=\"2\"><w:name w:val=\"标题 2\"/></w:style>"
                    + "<w:style w:styleId=\"own\"><w:name w:val=\"Our heading\"/><w:basedOn w:val=\"2\"/></w:style></w:styles>";

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
