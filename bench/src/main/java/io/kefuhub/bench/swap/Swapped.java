package io.kefuhub.bench.swap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One plugin in two versions, each of which is dropped over the other again and again. One thread at a time.
 *
 * @param file in the hub's folder
 */
record Swapped(String plugin, Path file, byte[] first, byte[] second) {
    byte[] content(int number) {
        return number % 2 == 0 ? first : second;
    }

    /** Puts one version into the folder as a copying tool does: over what is there, not by a rename. */
    void drop(int number) throws IOException {
        Files.write(file, content(number));
    }
}
