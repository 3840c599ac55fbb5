package io.kefuhub.core.models.money;

import io.kefuhub.core.database.DatabaseAwayException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the books need without being asked: now and then what nobody settled is settled, every night the accounts are
 * counted again, and alerts are told to those who listen. Safe for threads.
 */
final class Sweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final InstantSource clock;
    private final Supplier<BookRules> rules;
    private final Supplier<KeepingRules> keeping;
    private final List<Consumer<Alert>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> looks = new CopyOnWriteArrayList<>();
    private final List<Runnable> nights = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("books").daemon().factory());

    /** What is done; each may throw when the database is away, and is done again the next time. */
    interface Work {
        void sweep();

        void recount();

        /** The alerts that nobody was told of, who is told now. */
        List<Alert> untold();
    }

    private final Work work;
    private LocalDate counted;
    private Optional<Future<?>> next = Optional.empty();

    Sweeper(Work work, InstantSource clock, Supplier<BookRules> rules, Supplier<KeepingRules> keeping) {
        this.work = work;
        this.clock = clock;
        this.rules = rules;
        this.keeping = keeping;
        counted = lastNight();
        // Nobody waits for the night.
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    synchronized void start() {
        next.ifPresent(known -> known.cancel(false));
        if (timer.isShutdown()) return;
        next = Optional.of(timer.schedule(this::look, keeping.get().sweep().toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Looks at once, and goes by the rules as they are now. */
    synchronized void anew() {
        if (next.isEmpty() || timer.isShutdown()) return;
        next.get().cancel(false);
        next = Optional.of(timer.submit(this::look));
    }

    private void look() {
        carefully(this::sweep);
        carefully(this::lookAtTheClock);
        start();
    }

    void listen(Consumer<Alert> listener) {
        listeners.add(listener);
    }

    /** Has somebody look at the budgets each time they may stand otherwise. */
    void listenToLooks(Runnable look) {
        looks.add(look);
    }

    /** Has somebody do something each night, after the accounts were counted. */
    void everyNight(Runnable work) {
        nights.add(work);
    }

    /** Tells what is new, soon and by another thread. */
    void alerted() {
        try {
            timer.execute(() -> carefully(this::tell));
        } catch (RejectedExecutionException e) {
            LOG.debug("Alerts are told at the next start");
        }
    }

    private void sweep() {
        work.sweep();
        tell();
    }

    private void tell() {
        work.untold().forEach(alert -> {
            LOG.warn("The budget {} has reached {} %", alert.budget(), alert.percent());
            listeners.forEach(listener -> listener.accept(alert));
        });
        looks.forEach(Runnable::run);
    }

    /**
     * Counts again once after each night's hour, as the clock and the zone of the books say; what failed is tried at the next
     * look.
     */
    void lookAtTheClock() {
        var night = lastNight();
        if (!night.isAfter(counted)) return;
        work.recount();
        counted = night;
        nights.forEach(Sweeper::carefully);
    }

    private LocalDate lastNight() {
        var now = clock.instant().atZone(rules.get().zone());
        return now.toLocalTime().isBefore(keeping.get().night())
                ? now.toLocalDate().minusDays(1)
                : now.toLocalDate();
    }

    private static void carefully(Runnable some) {
        try {
            some.run();
        } catch (DatabaseAwayException e) {
            LOG.debug("The books wait for the database");
        } catch (RuntimeException e) {
            LOG.error("The books could not be kept in order; it is tried again", e);
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
