package io.kefuhub.bench.words;

import io.kefuhub.api.Files;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Http;
import io.kefuhub.api.HubPlugin;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.jar.JarFile;

/** The filter of the packaged jar, asked as the hub asks it: one message, what is known around it, one verdict. */
final class HubFilter implements Matcher, AutoCloseable {
    private static final Facts FACTS = new Facts("main", "web", Language.ZH_CN, Map.of(), Instant.EPOCH, List.of());

    private final URLClassLoader classes;
    private final Filter filter;

    /** @param jar of filter-sensitive-words */
    HubFilter(Path jar, List<String> words) throws IOException, ReflectiveOperationException {
        classes = new URLClassLoader(new URL[] {jar.toUri().toURL()}, HubFilter.class.getClassLoader());
        filter = factory(jar)
                .create(Settings.of(Map.of("words", String.join("\n", words), "action", "block")), new Context());
    }

    private FilterFactory factory(Path jar) throws IOException, ReflectiveOperationException {
        try (var file = new JarFile(jar.toFile())) {
            var name = file.getManifest().getMainAttributes().getValue("Plugin-Class");
            var plugin =
                    (HubPlugin) classes.loadClass(name).getDeclaredConstructor().newInstance();
            return (FilterFactory) plugin.contributions().getFirst();
        }
    }

    @Override
    public String name() {
        return "filter-sensitive-words";
    }

    /** The messages are made beforehand, as in the hub they are there before any filter is asked. */
    @Override
    public IntSupplier over(List<String> texts) {
        var messages = texts.stream().map(Message::of).toList();
        return () -> {
            var clean = 0;
            for (var message : messages) {
                if (filter.apply(message, FACTS, Stage.CUSTOMER_IN) instanceof Verdict.Pass) clean++;
            }
            return clean;
        };
    }

    @Override
    public void close() throws IOException {
        filter.close();
        classes.close();
    }

    /** A filter of words is lent nothing but the time. */
    private record Context() implements FilterContext {
        @Override
        public String instance() {
            return "words";
        }

        @Override
        public Http http() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Files files() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Store store() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tasks tasks() {
            throw new UnsupportedOperationException();
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }
}
