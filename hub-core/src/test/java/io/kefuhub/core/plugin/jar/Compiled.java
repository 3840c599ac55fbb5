package io.kefuhub.core.plugin.jar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * What sources compile to, in memory. The class path is opened once for all, and the same sources are compiled once: most
 * plugins of the tests differ in their manifests only.
 */
final class Compiled {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final JavaFileManager CLASS_PATH =
            COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    private static final Map<Map<String, String>, SortedMap<String, byte[]>> KNOWN = new ConcurrentHashMap<>();

    private Compiled() {}

    /**
     * @param sources by the names of their classes
     * @return class files by their places in a jar
     * @throws IllegalArgumentException with the compiler's words if they do not compile
     */
    static SortedMap<String, byte[]> of(Map<String, String> sources) {
        return sources.isEmpty() ? new TreeMap<>() : KNOWN.computeIfAbsent(Map.copyOf(sources), Compiled::compile);
    }

    /** One at a time: the class path is not made for several threads. */
    private static synchronized SortedMap<String, byte[]> compile(Map<String, String> sources) {
        var units = new ArrayList<JavaFileObject>();
        sources.forEach((name, text) -> units.add(new Source(name, text)));
        var messages = new StringWriter();
        var classes = new Classes();
        var options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
        if (!COMPILER.getTask(messages, classes, null, options, null, units).call()) {
            throw new IllegalArgumentException(messages.toString());
        }
        return classes.files();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("memory:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public String getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class ClassFile extends SimpleJavaFileObject {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        ClassFile(String path) {
            super(URI.create("memory:///" + path), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return content;
        }
    }

    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
        private final SortedMap<String, ClassFile> written = new TreeMap<>();

        Classes() {
            super(CLASS_PATH);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return written.computeIfAbsent(className.replace('.', '/') + kind.extension, ClassFile::new);
        }

        @Override
        public void close() throws IOException {
            // The class path stays open for the next.
            fileManager.flush();
        }

        SortedMap<String, byte[]> files() {
            var files = new TreeMap<String, byte[]>();
            written.forEach((path, file) -> files.put(path, file.content.toByteArray()));
            return files;
        }
    }
}
