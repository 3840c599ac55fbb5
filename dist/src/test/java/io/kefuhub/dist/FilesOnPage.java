package io.kefuhub.dist;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Files that somebody drags onto a page from elsewhere. */
final class FilesOnPage {
    private static final String CARRYING = """
            files => {
                const carried = new DataTransfer()
                for (const { name, content } of files) {
                    carried.items.add(new File([Uint8Array.from(atob(content), one => one.charCodeAt(0))], name))
                }
                return carried
            }""";

    private FilesOnPage() {}

    /** Drags all of them at once over the page, which shows that it takes them, and lets go. */
    static void drop(Page page, Path... files) {
        var carried = page.evaluateHandle(
                CARRYING, Arrays.stream(files).map(FilesOnPage::content).toList());
        var with = Map.of("dataTransfer", carried);
        page.dispatchEvent("main", "dragenter", with);
        page.locator(".over").waitFor();
        page.dispatchEvent("main", "drop", with);
    }

    /** Presses the button and chooses them in the dialog that it opens. */
    static void choose(Page page, Path... files) {
        page.waitForFileChooser(() ->
                        page.locator(".actions .el-button--primary").first().click())
                .setFiles(files);
    }

    private static Map<String, String> content(Path file) {
        try {
            var bytes = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
            return Map.of("name", file.getFileName().toString(), "content", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of a file, changed, under its own name in a folder of its own. */
    static Path changed(Path file, String from, String to) {
        try {
            var copy = Files.createTempDirectory("changed").resolve(file.getFileName());
            return Files.writeString(copy, Files.readString(file).replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> example(String name) {
        var folder = Path.of("..", "wasm-plugins", name);
        return List.of(folder.resolve(name + ".wasm"), folder.resolve(name + ".json"));
    }
}
