package io.kefuhub.core.plugin;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Slots whose code counts as a plugin's, though it stands in the test. */
public final class Foreign {
    static final ClassLoader LOADER = new URLClassLoader(new URL[0], Foreign.class.getClassLoader());
    static final PluginVersion PLUGIN = version("1.0.0");

    /** A deadline that a machine which is held up meets too, for all that is not about deadlines. */
    public static final Duration PATIENT = Duration.ofSeconds(30);

    private Foreign() {}

    /** A door where a filter is not late because the machine is held up. */
    public static Guard patientGuard() {
        return new Guard((_, _, _, _) -> {}, System::nanoTime, PATIENT);
    }

    public static PluginVersion version(String version) {
        return new PluginVersion("foreign", version, "00", LOADER);
    }

    public static <T extends AutoCloseable> Slot<T> slot(
            Kind kind, String name, PluginVersion plugin, T target, Duration deadline) {
        return slot(kind, name, target, new Callee(name, plugin, deadline));
    }

    public static <T extends AutoCloseable> Slot<T> slot(Kind kind, String name, T target, Duration deadline) {
        return slot(kind, name, PLUGIN, target, deadline);
    }

    static <T extends AutoCloseable> Slot<T> slot(
            Kind kind, String name, T target, Duration deadline, LongSupplier nanoTime) {
        return slot(kind, name, target, new Callee(name, PLUGIN, deadline, nanoTime));
    }

    private static <T extends AutoCloseable> Slot<T> slot(Kind kind, String name, T target, Callee callee) {
        var slot = new Slot<T>(kind, name, name, 1, Terms.of(kind).withDeadline(callee.deadline), callee);
        slot.fill(target);
        return slot;
    }

    static Slot<Filter> filter(String name, Duration deadline, Function<Message, Verdict> judge) {
        return slot(Kind.FILTER, name, asFilter(judge), deadline);
    }

    static Filter asFilter(Function<Message, Verdict> judge) {
        return filter(Set.of(Stage.CUSTOMER_IN), judge);
    }

    public static Filter filter(Set<Stage> stages, Function<Message, Verdict> judge) {
        return new Filter() {
            @Override
            public Set<Stage> stages() {
                return stages;
            }

            @Override
            public Verdict apply(Message message, Facts facts, Stage stage) {
                return judge.apply(message);
            }
        };
    }
}
