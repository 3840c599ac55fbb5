package io.kefuhub.api;

/**
 * A file the hub keeps. Immutable.
 *
 * @param id such as {@code f_…}; random
 * @param name what people see
 * @param mime found by looking at the content
 * @param size in bytes
 */
public record StoredFile(String id, String name, String mime, long size) {
    /** Whether it is a raster picture that is safe to show in a page. */
    public boolean isPicture() {
        return switch (mime) {
            case "image/png", "image/jpeg", "image/gif", "image/webp" -> true;
            default -> false;
        };
    }
}
