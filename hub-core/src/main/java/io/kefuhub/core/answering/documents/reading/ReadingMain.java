package io.kefuhub.core.answering.documents.reading;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** The process that reads one document and ends: {@code ReadingMain FORMAT FILE}. */
final class ReadingMain {
    private ReadingMain() {}

    public static void main(String[] arguments) throws IOException {
        endInTime();
        var out = new Frames.Writer(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
        // Whatever a library prints must not be taken for a frame.
        System.setOut(System.err);
        try {
            read(Format.valueOf(arguments[0]), Path.of(arguments[1]), out);
            out.end();
        } catch (UnreadableException e) {
            out.trouble(e.trouble());
        } catch (StackOverflowError e) {
            out.trouble(Trouble.TOO_HEAVY);
        } catch (IOException | RuntimeException e) {
            out.trouble(Trouble.BROKEN);
        }
        System.exit(0);
    }

    static void read(Format format, Path file, BlockSink sink) throws IOException, UnreadableException {
        switch (format) {
            case PDF -> PdfReader.read(file, sink);
            case DOCX -> DocxReader.read(file, sink);
            case HTML -> HtmlReader.read(Texts.ofPage(file), sink);
            case MARKDOWN -> MarkdownReader.read(Texts.of(file), sink);
            case TEXT -> TextReader.read(Texts.of(file), sink);
        }
    }

    /** So that it does not outlive a hub that was killed meanwhile. */
    private static void endInTime() {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(Limits.TIME.plusSeconds(10));
            } catch (InterruptedException e) {
                // Ends with the process.
            }
            Runtime.getRuntime().halt(4);
        });
    }
}
