package io.kefuhub.core.provisioning;

/**
 * A place in a file.
 *
 * @param file its name in the folder
 * @param line from 1
 * @param key from the top, such as {@code people.li-na.roles}; empty for the whole file
 */
public record Where(String file, int line, String key) {
    @Override
    public String toString() {
        return file + ", line " + line + (key.isEmpty() ? "" : ", " + key);
    }
}
