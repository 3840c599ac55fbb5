package io.kefuhub.core.answering.documents.reading;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** A PDF, page by page. */
final class PdfReader {
    private static final long IN_MEMORY = 48L << 20;
    private static final long ON_DISK = 512L << 20;

    /** A page with less has a page number on it and a picture, if anything. */
    private static final int LITTLE_TEXT = 16;

    private PdfReader() {}

    static void read(Path file, BlockSink sink) throws IOException, UnreadableException {
        try (var document =
                Loader.loadPDF(file.toFile(), MemoryUsageSetting.setupMixed(IN_MEMORY, ON_DISK).streamCache)) {
            read(document, sink);
        } catch (InvalidPasswordException e) {
            throw new UnreadableException(Trouble.LOCKED);
        }
    }

    private static void read(PDDocument document, BlockSink sink) throws IOException, UnreadableException {
        int pages = document.getNumberOfPages();
        if (pages > Limits.PAGES) throw new UnreadableException(Trouble.TOO_MANY_PAGES);
        if (pages == 0) throw new UnreadableException(Trouble.EMPTY);
        var lines = new PdfLines();
        for (int page = 1; page <= pages; page++) {
            lines.read(document, page);
            sink.page(page, pages);
        }
        if (lines.characters() < (long) LITTLE_TEXT * pages && hasPictures(document)) {
            throw new UnreadableException(Trouble.SCANNED);
        }
        new PdfLayout(lines.all(), pages).tell(sink);
    }

    private static boolean hasPictures(PDDocument document) {
        for (var page : document.getPages()) {
            var resources = page.getResources();
            if (resources == null) continue;
            for (var name : resources.getXObjectNames()) {
                if (resources.isImageXObject(name)) return true;
            }
        }
        return false;
    }
}
