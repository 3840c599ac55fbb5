package io.kefuhub.bench.swap;

import io.kefuhub.bench.Hub;
import java.io.IOException;

/** What a hub holds of what unloading must give back. */
record Footprint(long metaspaceBytes, long classes, long threads, long files) {
    static Footprint of(Hub hub) throws IOException {
        return new Footprint(
                (long) hub.metric("jvm_memory_metaspace_used_bytes"),
                (long) hub.metric("jvm_classes_loaded"),
                (long) hub.metric("jvm_threads"),
                (long) hub.metric("process_open_fds"));
    }
}
