package io.kefuhub.core.plugin;

/**
 * One loaded version of a plugin. Immutable.
 *
 * @param sha256 of its file, in hex; empty for the hub's own
 * @param loader of its classes
 */
public record PluginVersion(String id, String version, String sha256, ClassLoader loader) {
    /** What is built into the hub. */
    public static final PluginVersion HUB = new PluginVersion("hub", "", "", PluginVersion.class.getClassLoader());

    /** Whether its code is the hub's own and may run on the caller's thread. */
    public boolean isHub() {
        return loader == HUB.loader;
    }

    /** The same version, as far as its classes are loaded by another. */
    public PluginVersion withLoader(ClassLoader other) {
        return new PluginVersion(id, version, sha256, other);
    }

    @Override
    public String toString() {
        return version.isEmpty() ? id : id + " " + version;
    }
}
