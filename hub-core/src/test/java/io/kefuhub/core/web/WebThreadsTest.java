package io.kefuhub.core.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WebThreadsTest {
    private record Seen(ClassLoader loader, boolean virtual, String inherited) {}

    @Test
    void a_task_that_is_handed_in_inside_a_plugins_call_has_nothing_of_the_plugin() throws Exception {
        var inherited = new InheritableThreadLocal<String>();
        var seen = new CompletableFuture<Seen>();
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try (var foreign = new URLClassLoader(new URL[0])) {
            thread.setContextClassLoader(foreign);
            inherited.set("the plugin's");
            new WebThreads()
                    .execute(() -> seen.complete(new Seen(
                            Thread.currentThread().getContextClassLoader(),
                            Thread.currentThread().isVirtual(),
                            String.valueOf(inherited.get()))));

            assertThat(seen.join()).isEqualTo(new Seen(WebThreads.class.getClassLoader(), true, "null"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
