package io.kefuhub.core.plugin.wasm.guest;

/**
 * How much of the hub's memory a guest may take. Immutable.
 *
 * @param fileBytes of a module, at most
 * @param memoryPages of 64 KiB that its memory may grow to
 * @param tableEntries that each of its tables may grow to
 * @param blockBytes of what it allocates outside its own memory during one call
 * @param textBytes of what goes in and of what comes out
 * @param logLines of one call
 */
public record Limits(int fileBytes, int memoryPages, int tableEntries, int blockBytes, int textBytes, int logLines) {
    public static final Limits USUAL = new Limits(4 << 20, 64, 10_000, 1 << 20, 64 << 10, 100);

    /** The most memory that a module may ask for. */
    public static final int MOST_PAGES = 256;

    /** For those that carry whole prompts, answers and documents, not single messages. */
    public Limits forDocuments() {
        return new Limits(fileBytes, memoryPages, tableEntries, 4 << 20, 1 << 20, logLines);
    }

    public Limits withMemoryPages(int pages) {
        return new Limits(fileBytes, pages, tableEntries, blockBytes, textBytes, logLines);
    }
}
