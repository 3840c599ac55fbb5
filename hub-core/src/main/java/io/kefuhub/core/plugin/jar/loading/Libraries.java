package io.kefuhub.core.plugin.jar.loading;

import java.util.List;

/**
 * The libraries in a jar whose classes stay loaded from one version of its plugin to the next, as long as their bytes are
 * the same. Immutable.
 *
 * @param packages they are in, such as {@code com.example.shaded}, each with those below it; none when the jar names none
 * @param sha256 of all that is in these packages, in hex; empty when there are none
 */
public record Libraries(List<String> packages, String sha256) {
    /** Of a jar that names none: all of its classes go with its version. */
    public static final Libraries NONE = new Libraries(List.of(), "");

    public Libraries {
        packages = List.copyOf(packages);
    }

    public boolean isEmpty() {
        return packages.isEmpty();
    }

    /**
     * Whether something is in one of the packages.
     *
     * @param name of a class, or of a resource with dots for its slashes
     */
    public static boolean hold(List<String> packages, String name) {
        for (var one : packages) {
            if (name.length() > one.length() && name.charAt(one.length()) == '.' && name.startsWith(one)) return true;
        }
        return false;
    }
}
