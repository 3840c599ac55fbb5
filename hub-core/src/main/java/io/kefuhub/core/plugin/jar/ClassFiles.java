package io.kefuhub.core.plugin.jar;

import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import java.lang.classfile.ClassFile;
import java.util.regex.Pattern;

/** Names and versions of class files in a jar. */
final class ClassFiles {
    private static final String ENDING = ".class";
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d{1,9})/(.+)");
    private static final int JAVA = Runtime.version().feature();
    private static final int MAGIC = 0xCAFEBABE;
    private static final int BEFORE_JAVA_1 = 44;

    private ClassFiles() {}

    static String path(String className) {
        return className.replace('.', '/') + ENDING;
    }

    static boolean isClass(String path) {
        return path.endsWith(ENDING);
    }

    /** The class's name as its author writes it. */
    static String name(String path) {
        var versioned = VERSIONED.matcher(path);
        var plain = versioned.matches() ? versioned.group(2) : path;
        return plain.substring(0, plain.length() - ENDING.length()).replace('/', '.');
    }

    /**
     * Refuses a class that this Java cannot load, unless it stands aside for newer ones.
     *
     * @return whether it may ever be loaded
     */
    static boolean isLoadable(String path, byte[] bytes) throws RefusedException {
        if (bytes.length < 10 || number(bytes, 0, 4) != MAGIC) {
            throw new RefusedException(Why.CLASS_UNREADABLE, name(path));
        }
        var minor = number(bytes, 4, 2);
        var major = number(bytes, 6, 2);
        var java = major - BEFORE_JAVA_1;
        if (major > ClassFile.latestMajorVersion()) {
            if (isForNewer(path)) return false;
            throw new RefusedException(Why.CLASS_TOO_NEW, name(path), java, JAVA);
        }
        if (minor == ClassFile.PREVIEW_MINOR_VERSION) {
            throw new RefusedException(Why.CLASS_WITH_PREVIEW, name(path), java);
        }
        return true;
    }

    private static boolean isForNewer(String path) {
        var versioned = VERSIONED.matcher(path);
        return versioned.matches() && Integer.parseInt(versioned.group(1)) > JAVA;
    }

    private static int number(byte[] bytes, int from, int length) {
        var number = 0;
        for (var i = from; i < from + length; i++) number = (number << 8) | (bytes[i] & 0xFF);
        return number;
    }
}
