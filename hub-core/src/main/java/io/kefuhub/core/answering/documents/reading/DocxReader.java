package io.kefuhub.core.answering.documents.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.opc.PackageRelationshipTypes;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.xwpf.usermodel.XWPFDocument;

/**
 * A Word document: paragraphs, headings by their style, items of lists, rows of tables, and notes where they are called for.
 * What was deleted with changes tracked is left out.
 */
final class DocxReader {
    private DocxReader() {}

    static void read(Path file, BlockSink sink) throws IOException, UnreadableException {
        measure(file);
        ZipSecureFile.setMaxFileCount(Limits.ZIP_ENTRIES);
        ZipSecureFile.setMaxEntrySize(Limits.UNPACKED);
        // Long tables pack to less than a hundredth as well; what they unpack to is measured.
        ZipSecureFile.setMinInflateRatio(0);
        try (var zip = OPCPackage.open(file.toFile(), PackageAccess.READ)) {
            if (!zip.getRelationshipsByType(PackageRelationshipTypes.STRICT_CORE_DOCUMENT)
                    .isEmpty()) {
                throw new UnreadableException(Trouble.STRICT_WORD);
            }
            read(new XWPFDocument(zip), sink);
        } catch (InvalidFormatException e) {
            throw new UnreadableException(Trouble.BROKEN);
        }
    }

    private static void read(XWPFDocument document, BlockSink sink) throws IOException, UnreadableException {
        var body = document.getDocument().getBody();
        if (body == null) throw new UnreadableException(Trouble.BROKEN);
        var styles = new DocxStyles(document.getStyles());
        try (var at = body.newCursor()) {
            new DocxBody(styles, new DocxLists(document.getNumbering()), new DocxNotes(document), sink).read(at);
        }
    }

    /** Unpacks what is to be parsed once, and keeps nothing of it: what a zip says of its sizes need not be true. */
    private static void measure(Path file) throws IOException, UnreadableException {
        try (var zip = new ZipFile(file.toFile())) {
            if (zip.size() > Limits.ZIP_ENTRIES) throw new UnreadableException(Trouble.TOO_HEAVY);
            long left = Limits.UNPACKED;
            for (var entry : zip.stream().toArray(ZipEntry[]::new)) {
                if (!isParsed(entry.getName())) continue;
                try (var in = zip.getInputStream(entry)) {
                    left -= length(in, left);
                }
                if (left < 0) throw new UnreadableException(Trouble.TOO_HEAVY);
            }
        } catch (ZipException e) {
            throw new UnreadableException(Trouble.BROKEN);
        }
    }

    private static boolean isParsed(String name) {
        return name.endsWith(".xml") || name.endsWith(".rels");
    }

    /** How long it is, or any length beyond the most. */
    private static long length(InputStream in, long most) throws IOException {
        long length = 0;
        var buffer = new byte[1 << 16];
        for (int count = 0; count >= 0 && length <= most; count = in.read(buffer)) length += count;
        return length;
    }
}
