package io.kefuhub.api.web;

/**
 * A public path of a channel: all paths that equal it or lie below it are its.
 *
 * @param pattern begins with a slash; a segment {@code {key}} stands for an instance's short name, as in
 *     {@code /widget/1/{key}}
 */
public record PublicPath(String pattern) {
    public PublicPath {
        if (!pattern.startsWith("/") || pattern.length() < 2 || pattern.endsWith("/")) {
            throw new IllegalArgumentException("not a public path: " + pattern);
        }
    }

    /** Whether its calls belong to one instance. */
    public boolean namesInstance() {
        return pattern.contains("/{key}");
    }
}
