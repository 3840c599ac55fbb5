package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.filter.Verdict;
import io.kefuhub.core.plugin.Latencies;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** How a filter has fared since it was made. Safe for threads. */
final class FilterStats {
    private final LongAdder passed = new LongAdder();
    private final LongAdder rewritten = new LongAdder();
    private final LongAdder held = new LongAdder();
    private final LongAdder blocked = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder stopped = new LongAdder();
    private final Latencies latencies = new Latencies();

    /**
     * @param stopped how many of the failed ones were stopped because their time was up
     */
    record Now(
            long calls,
            long passed,
            long rewritten,
            long held,
            long blocked,
            long failed,
            long stopped,
            Duration p50,
            Duration p99) {}

    void answered(Verdict verdict, long nanos) {
        latencies.add(nanos);
        switch (verdict) {
            case Verdict.Pass _ -> passed.increment();
            case Verdict.Rewrite _ -> rewritten.increment();
            case Verdict.Hold _ -> held.increment();
            case Verdict.Block _ -> blocked.increment();
        }
    }

    void failed(WasmFault fault, long nanos) {
        latencies.add(nanos);
        failed.increment();
        if (fault.kind() == WasmFault.Kind.TIME_UP) stopped.increment();
    }

    Now now() {
        var verdicts = passed.sum() + rewritten.sum() + held.sum() + blocked.sum();
        return new Now(
                verdicts + failed.sum(),
                passed.sum(),
                rewritten.sum(),
                held.sum(),
                blocked.sum(),
                failed.sum(),
                stopped.sum(),
                latencies.percentile(0.5),
                latencies.percentile(0.99));
    }
}
