package io.kefuhub.core.plugin.jar;

import io.kefuhub.core.plugin.life.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.pf4j.DefaultVersionManager;
import org.pf4j.VersionManager;

/**
 * What a plugin's manifest says of it. Immutable.
 *
 * @param requires a range of versions of the API, such as {@code >=1.0.0 & <2.0.0}
 */
record JarManifest(String id, String version, String mainClass, String requires) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,59}");
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+([-+][0-9A-Za-z.+-]+)?");
    private static final VersionManager VERSIONS = new DefaultVersionManager();

    /** Reads and checks a jar's manifest. */
    static JarManifest read(Path jar, String apiVersion) throws RefusedException {
        var attributes = attributesOf(jar);
        var manifest = new JarManifest(
                required(attributes, "Plugin-Id", ID),
                required(attributes, "Plugin-Version", VERSION),
                required(attributes, "Plugin-Class", Pattern.compile("[\\p{javaJavaIdentifierPart}.$]+")),
                required(attributes, "Plugin-Requires", Pattern.compile(".+")));
        manifest.mustAllow(apiVersion);
        return manifest;
    }

    private static Attributes attributesOf(Path jar) throws RefusedException {
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            if (manifest == null) throw refused("it has no META-INF/MANIFEST.MF");
            return manifest.getMainAttributes();
        } catch (IOException | IllegalArgumentException e) {
            throw refused("it is no jar, or was copied only in part");
        }
    }

    private static String required(Attributes attributes, String name, Pattern form) throws RefusedException {
        var value = attributes.getValue(name);
        if (value == null) throw refused("its manifest lacks " + name);
        if (!form.matcher(value.strip()).matches()) {
            throw refused("its manifest has an unusable " + name + ": " + value);
        }
        return value.strip();
    }

    private void mustAllow(String apiVersion) throws RefusedException {
        try {
            if (VERSIONS.checkVersionConstraint(apiVersion, requires)) return;
        } catch (RuntimeException e) {
            throw refused("its manifest has an unusable Plugin-Requires: " + requires);
        }
        throw refused("it requires version " + requires + " of the plugin API, and this hub has " + apiVersion
                + ": use a version of the plugin made for this hub, or a newer hub");
    }

    private static RefusedException refused(String reason) {
        return new RefusedException(reason, reason);
    }
}
