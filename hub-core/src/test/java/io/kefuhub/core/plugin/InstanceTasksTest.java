package io.kefuhub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InstanceTasksTest {
    /** The threads that start what is due, soon and later. */
    private static final List<String> KEPT = List.of("waiting", "timers");

    @Test
    void the_threads_of_all_timers_keep_no_class_loader_of_the_plugin_that_asked_first() throws Exception {
        var ran = new CountDownLatch(1);
        try (var loader = new URLClassLoader(new URL[0]);
                var tasks = new InstanceTasks("one", loader)) {
            var plugin = new Thread(() -> {
                var _ = tasks.after(Duration.ofHours(1), () -> {});
                var _ = tasks.after(Duration.ZERO, ran::countDown);
            });
            plugin.setContextClassLoader(loader);
            plugin.start();

            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> KEPT.contains(thread.getName()))
                    .hasSameSizeAs(KEPT)
                    .allSatisfy(
                            thread -> assertThat(thread.getContextClassLoader()).isNotSameAs(loader));
        }
    }
}
