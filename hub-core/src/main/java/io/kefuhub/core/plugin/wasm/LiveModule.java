package io.kefuhub.core.plugin.wasm;

import io.kefuhub.core.plugin.wasm.guest.Budget;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import io.kefuhub.core.plugin.wasm.guest.WasmModule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A version of a module in memory, with what it is warmed by. Safe for threads.
 *
 * <p>The engine makes machine code of a module only after it has run some hundred times; until then it is slower by far.
 * So it is asked what it was asked before, such as its own cases, until it is fast or its time is up.
 */
final class LiveModule {
    private static final int ENOUGH = 600;
    private static final int SAMPLES = 8;
    private static final Duration COLD = Duration.ofMillis(400);
    /** A whole prompt is more than a message. */
    private static final Duration COLD_DOCUMENT = Duration.ofSeconds(2);
    /** Who calls something outside, or is called from there, waits for longer than this anyway. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WasmModule module;
    private final WasmManifest manifest;
    private final String version;
    private final List<Sample> usual;
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final Duration filterDeadline;
    private volatile boolean warm;
    private volatile boolean closed;

    /**
     * @param answers what it can be asked
     * @param filterDeadline that whoever asks a filter waits
     */
    LiveModule(
            WasmModule module, WasmManifest manifest, String version, Set<Answers> answers, Duration filterDeadline) {
        this.filterDeadline = filterDeadline;
        this.module = module;
        this.manifest = manifest;
        this.version = version;
        this.usual = FirstQuestions.of(answers, manifest).entrySet().stream()
                .map(question -> new Sample(question.getKey(), question.getValue()))
                .toList();
    }

    WasmManifest manifest() {
        return manifest;
    }

    String version() {
        return version;
    }

    boolean isWarm() {
        return warm;
    }

    int stillEnding() {
        return module.stillEnding();
    }

    long mostMemory() {
        return module.mostMemory();
    }

    /** Something that it was asked, of which nothing is logged when it is asked again. */
    private record Sample(String function, JsonErrand errand) {}

    /** Asks for somebody who waits no longer than for a filter. */
    byte[] ask(String function, JsonErrand errand) {
        if (!warm) note(function, errand);
        return module.ask(function, errand, usually());
    }

    /** Asks in the same way, and keeps nothing of it. */
    byte[] rehearse(String function, JsonErrand errand) {
        return module.ask(function, errand.quiet(), usually());
    }

    private Budget usually() {
        return warm ? Budget.of(manifest.timeout(), filterDeadline) : cold();
    }

    /** Asks for somebody who has time: it may compute no longer, but a busy machine may hold it up. */
    byte[] askPatiently(String function, JsonErrand errand) {
        if (!warm) note(function, errand);
        return module.ask(function, errand, new Budget(warm ? manifest.timeout() : COLD_DOCUMENT, PATIENCE));
    }

    /** Asks for somebody who tries it out. */
    byte[] ask(String function, JsonErrand errand, Budget budget) {
        return module.ask(function, errand, budget);
    }

    private void note(String function, JsonErrand errand) {
        if (samples.size() < SAMPLES) samples.add(new Sample(function, errand.quiet()));
        if (calls.incrementAndGet() >= ENOUGH) warm = true;
    }

    private Budget cold() {
        return Budget.of(manifest.timeout().compareTo(COLD) > 0 ? manifest.timeout() : COLD, filterDeadline);
    }

    /**
     * How fast it is, in nanoseconds.
     *
     * @param first call of all here
     */
    record Speed(long first, long p50, long p99) {}

    /** Warms it and measures it at what it was asked before; empty when it fails at that. */
    Optional<Speed> measure(Duration warming, int calls) {
        var inputs = samples.isEmpty() ? usual : List.copyOf(samples);
        if (inputs.isEmpty()) return Optional.empty();
        try {
            var first = timed(inputs.getFirst());
            var endsAt = System.nanoTime() + warming.toNanos();
            for (var i = 0; i < ENOUGH * inputs.size() && System.nanoTime() - endsAt < 0; i++) {
                timed(inputs.get(i % inputs.size()));
            }
            var took = new long[calls];
            for (var i = 0; i < calls; i++) took[i] = timed(inputs.get(i % inputs.size()));
            Arrays.sort(took);
            return Optional.of(new Speed(first, took[calls / 2], took[calls * 99 / 100]));
        } catch (WasmFault e) {
            return Optional.empty();
        }
    }

    private long timed(Sample sample) {
        var began = System.nanoTime();
        module.ask(sample.function(), sample.errand(), new Budget(cold().cpu(), PATIENCE));
        return System.nanoTime() - began;
    }

    /** Asks a first time, which takes far longer than any other, so that nobody's message is the first. */
    void tryFirst(Budget budget) {
        for (var one : usual) {
            try {
                module.ask(one.function(), one.errand(), budget);
            } catch (WasmFault e) {
                // A question of ours may be nothing to it; its cases say what it must do.
            }
        }
    }

    /** Asks until it is fast; leaves out what it fails at, and ends earlier when its time is up or it is closed. */
    void warm(Duration longest) {
        var endsAt = System.nanoTime() + longest.toNanos();
        var inputs = new ArrayList<>(samples.isEmpty() ? usual : samples);
        var isAsked = !inputs.isEmpty();
        var pace = new Pace();
        for (var i = 0; i < ENOUGH && !inputs.isEmpty() && System.nanoTime() - endsAt < 0 && !closed; i++) {
            var input = inputs.get(i % inputs.size());
            try {
                if (pace.isFastAfter(input, timed(input))) break;
            } catch (WasmFault e) {
                inputs.remove(input);
            }
        }
        if (isAsked) warm = true;
        samples.clear();
    }

    void close() {
        closed = true;
        module.close();
    }
}
