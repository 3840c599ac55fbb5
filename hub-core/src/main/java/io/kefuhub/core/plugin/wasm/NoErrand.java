package io.kefuhub.core.plugin.wasm;

import io.kefuhub.core.plugin.wasm.guest.Errand;
import java.util.Optional;

/** What a module sees that only begins and is asked nothing yet. */
enum NoErrand implements Errand {
    INSTANCE;

    @Override
    public byte[] input() {
        return new byte[0];
    }

    @Override
    public Optional<String> field(String pointer) {
        return Optional.empty();
    }

    @Override
    public Optional<String> setting(String key) {
        return Optional.empty();
    }

    @Override
    public void log(LogLevel level, String line) {
        // It has said nothing yet that anybody could look for.
    }
}
