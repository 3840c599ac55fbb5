package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.PluginVersion;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeparturesTest {
    private static final Duration PAUSE = Duration.ofMillis(400);

    private final ConcurrentLinkedQueue<Long> asked = new ConcurrentLinkedQueue<>();
    private final List<Departures.Leak> told = new CopyOnWriteArrayList<>();
    private final Departures departures = new Departures(PAUSE, InstantSource.system(), told::add);
    private final NotificationListener listener = (notification, _) -> {
        var info = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        if (info.getGcCause().equals("System.gc()")) asked.add(info.getGcInfo().getStartTime());
    };

    @BeforeEach
    void listen() {
        emitters().forEach(one -> one.addNotificationListener(listener, null, null));
    }

    @AfterEach
    void end() throws Exception {
        departures.close();
        for (var one : emitters()) one.removeNotificationListener(listener);
    }

    @Test
    void what_nobody_holds_is_gone_after_one_pause() throws Exception {
        leave();

        Eventually.holds(() -> departures.pending() == 0);

        assertThat(told).isEmpty();
    }

    @Test
    void what_stays_is_named_once_and_never_are_two_collections_asked_for_within_the_pause() throws Exception {
        try (var held = loader()) {
            departures.left(new PluginVersion("say", "1.0.0", "abc", held));

            Eventually.holds(() -> !told.isEmpty());

            assertThat(told)
                    .singleElement()
                    .satisfies(leak -> assertThat(leak.sha256()).isEqualTo("abc"));
            assertThat(departures.leaked("say")).isEqualTo(1);
            // The machine tells of its collections a moment later.
            Eventually.holds(() -> asked.size() >= 2);
            var starts = new ArrayList<>(asked);
            for (var i = 1; i < starts.size(); i++) {
                assertThat(starts.get(i) - starts.get(i - 1)).isGreaterThanOrEqualTo(PAUSE.toMillis() - 20);
            }
        }
    }

    /** Apart, so that no variable holds it. */
    private void leave() throws Exception {
        try (var loader = loader()) {
            departures.left(new PluginVersion("say", "1.0.0", "abc", loader));
        }
    }

    private static URLClassLoader loader() {
        return new URLClassLoader(new URL[0], null);
    }

    private static List<NotificationEmitter> emitters() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(NotificationEmitter.class::cast)
                .toList();
    }
}
