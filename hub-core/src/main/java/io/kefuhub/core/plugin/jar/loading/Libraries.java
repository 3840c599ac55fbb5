package io.kefuhub.core.plugin.jar.loading;

import java.util.List;

/**
 * The libraries in a jar whose classes stay loaded from one version of its plugin to the next, as long as their bytes are
 * the same. Immutable.
 *
 * @param packages they are in, such as {@code com.example.shaded}, each with those below it; none when the jar names none
 */
public record Libraries(List<String> packages) {
    public Libraries {
        packages = List.copyOf(packages);
    }

    public boolean isEmpty() {
        return packages.isEmpty();
    }

    /**
     * Whether something belongs to them.
     *
     * @param name of a class, or of a resource with dots for its slashes
     */
    public boolean hold(String name) {
        for (var one : packages) if (holds(one, name)) return true;
        return false;
    }

    /** Whether something is in a package, or below it. */
    public static boolean holds(String aPackage, String name) {
        return name.length() > aPackage.length() && name.charAt(aPackage.length()) == '.' && name.startsWith(aPackage);
    }
}
