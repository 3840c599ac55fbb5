package io.kefuhub.dist;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/**
 * A real plugin jar with one filter, {@code shout}, made from what an author of it would write.
 *
 * @param start what its class does when it is asked for its contributions
 * @param apply what its filter does with a message
 * @param expected the action that its golden case expects of a greeting
 */
record AuthorsJar(String start, String apply, String expected) {
    private static final String CLASS = "ext.ShoutPlugin";

    static AuthorsJar good() {
        return new AuthorsJar("", "return Verdict.pass();", "pass");
    }

    AuthorsJar startingWith(String statement) {
        return new AuthorsJar(statement, apply, expected);
    }

    AuthorsJar answering(String statement) {
        return new AuthorsJar(start, statement, expected);
    }

    AuthorsJar expecting(String action) {
        return new AuthorsJar(start, apply, action);
    }

    /** @param unpacked the hub whose API it is built against */
    Path build(Path jar, Path unpacked) throws IOException {
        var classes = compile(unpacked.resolve("api/plugin-api-1.0.0.jar"));
        var manifest = new Manifest();
        var entries = manifest.getMainAttributes();
        entries.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.putValue("Plugin-Id", "shout");
        entries.putValue("Plugin-Version", "1.0.0");
        entries.putValue("Plugin-Class", CLASS);
        entries.putValue("Plugin-Requires", ">=1.0.0 & <2.0.0");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var all = Files.walk(classes)) {
            for (var file : all.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private Path compile(Path api) throws IOException {
        var work = Files.createTempDirectory("authors-jar");
        var source = Files.createDirectories(work.resolve("ext")).resolve("ShoutPlugin.java");
        Files.writeString(source, """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.filter.*;
                import io.kefuhub.api.message.*;
                import java.util.*;

                public final class ShoutPlugin implements HubPlugin, FilterFactory {
                    @Override
                    public List<Contribution> contributions() {
                        %s
                        return List.of(this);
                    }

                    @Override
                    public Description description() {
                        return new Description("shout", Map.of(Language.EN, "Shout", Language.ZH_CN, "大写"), List.of());
                    }

                    @Override
                    public Filter create(Settings settings, FilterContext context) {
                        return new ShoutFilter();
                    }

                    static final class ShoutFilter implements Filter {
                        @Override
                        public Set<Stage> stages() {
                            return Set.of(Stage.CUSTOMER_IN);
                        }

                        @Override
                        public Verdict apply(Message message, Facts facts, Stage stage) {
                            %s
                        }
                    }
                }
                """.formatted(start, apply));
        var classes = Files.createDirectories(work.resolve("classes"));
        var cases = Files.createDirectories(classes.resolve("META-INF/kefuhub/cases"));
        Files.writeString(cases.resolve("shout.json"), """
                {"contribution": "shout", "cases": [{"name": "a greeting goes on",
                  "given": {"stage": "CUSTOMER_IN", "text": "hello"}, "expect": {"action": "%s"}}]}
                """.formatted(expected));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("-proc:none", "-d", classes.toString(), "-classpath", api.toString());
            var task = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source));
            if (!task.call()) throw new IllegalArgumentException(messages.toString());
        }
        return classes;
    }
}
