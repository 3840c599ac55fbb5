package io.kefuhub.core.answering.documents.reading;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A Word document: paragraphs, headings by their style, rows of tables, as a stream, so that a long one takes no more
 * memory than a short one. What was deleted with changes tracked is left out.
 */
final class DocxReader {
    private static final String BODY = "word/document.xml";
    private static final String STYLES = "word/styles.xml";

    private DocxReader() {}

    static void read(Path file, BlockSink sink) throws IOException, UnreadableException {
        try (var zip = new ZipFile(file.toFile())) {
            if (zip.size() > Limits.ZIP_ENTRIES) throw new UnreadableException(Trouble.TOO_HEAVY);
            var budget = new Budget();
            var styles = zip.getEntry(STYLES);
            var headings = new DocxStyles();
            if (styles != null) headings.read(parser(zip, styles, budget));
            var body = zip.getEntry(BODY);
            if (body == null) throw new UnreadableException(Trouble.BROKEN);
            new DocxBody(headings, sink).read(parser(zip, body, budget));
        } catch (ZipException | XMLStreamException e) {
            if (String.valueOf(e.getMessage()).contains(Budget.SPENT)) {
                throw new UnreadableException(Trouble.TOO_HEAVY);
            }
            throw new UnreadableException(Trouble.BROKEN);
        } catch (Budget.SpentException e) {
            throw new UnreadableException(Trouble.TOO_HEAVY);
        }
    }

    private static XMLStreamReader parser(ZipFile zip, ZipEntry entry, Budget budget)
            throws IOException, XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        // No document type, so nothing that it could fetch or blow up.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory.createXMLStreamReader(new Counted(zip.getInputStream(entry), budget));
    }

    /** What may still be unpacked. */
    private static final class Budget {
        static final String SPENT = "unpacks to too much";

        static final class SpentException extends IOException {
            private static final long serialVersionUID = 1;

            SpentException() {
                super(SPENT);
            }
        }

        private long left = Limits.UNPACKED;

        void take(long bytes) throws SpentException {
            left -= Math.max(0, bytes);
            if (left < 0) throw new SpentException();
        }
    }

    private static final class Counted extends FilterInputStream {
        private final Budget budget;

        Counted(InputStream in, Budget budget) {
            super(in);
            this.budget = budget;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) budget.take(1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = super.read(bytes, from, length);
            budget.take(count);
            return count;
        }
    }
}
