package io.kefuhub.core.answering.documents.reading;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Has a document read by a process of its own. Waits for it, so call it from a thread that may. Safe for threads.
 *
 * <p>A library that reads foreign files can be led to take all memory or to turn for ever; in a process with a small heap
 * and a deadline that costs the document, not the hub.
 */
public final class DocumentReader implements AutoCloseable {
    /** Is told how far the reading is. */
    public interface Progress {
        void pages(int read, int of);
    }

    /** What a document says. @param pages 0 where the format has none */
    public record Reading(List<Block> blocks, int pages) {
        public Reading {
            blocks = List.copyOf(blocks);
        }
    }

    private final Path scratch;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    /** @param scratch a folder for what does not fit into memory */
    public DocumentReader(Path scratch) {
        this.scratch = scratch;
    }

    /** Reads a file. */
    public Reading read(Format format, Path file, Progress progress) throws UnreadableException {
        var process = start(format, file);
        running.add(process);
        var late = CompletableFuture.runAsync(
                process::destroyForcibly,
                CompletableFuture.delayedExecutor(Limits.TIME.toMillis(), TimeUnit.MILLISECONDS));
        try (var in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            return collect(in, progress);
        } catch (IOException e) {
            // It ended before its last word: out of memory or out of time.
            throw new UnreadableException(Trouble.TOO_HEAVY);
        } finally {
            late.cancel(false);
            process.destroyForcibly();
            running.remove(process);
        }
    }

    /** Ends what is being read; whoever waits for it is told that it took too much. */
    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
    }

    private static Reading collect(DataInputStream in, Progress progress) throws IOException, UnreadableException {
        var blocks = new ArrayList<Block>();
        var pages = new int[1];
        Frames.read(in, new BlockSink() {
            @Override
            public void block(Block block) {
                blocks.add(block);
            }

            @Override
            public void page(int page, int of) {
                pages[0] = of;
                progress.pages(page, of);
            }
        });
        return new Reading(blocks, pages[0]);
    }

    private Process start(Format format, Path file) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-Xmx" + Limits.HEAP_MB + "m",
                "-Xss4m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + scratch,
                "-Dpdfbox.fontcache=" + scratch,
                "-Djdk.xml.dtd.support=deny",
                "-cp",
                System.getProperty("java.class.path"),
                ReadingMain.class.getName(),
                format.name(),
                file.toString());
        try {
            Files.createDirectories(scratch);
            return new ProcessBuilder(command)
                    .directory(scratch.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the process that reads documents could not be started", e);
        }
    }
}
