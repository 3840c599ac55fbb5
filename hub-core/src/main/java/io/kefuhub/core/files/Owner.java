package io.kefuhub.core.files;

/**
 * Who a file belongs to, for those who decide who may see it.
 *
 * @param kind such as {@code conversation}; empty for nobody in particular
 */
public record Owner(String kind, String id) {
    public static final Owner NOBODY = new Owner("", "");
}
