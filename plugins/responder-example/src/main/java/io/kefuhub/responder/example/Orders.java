package io.kefuhub.responder.example;

import java.util.Optional;

/** Where orders stand. Yours asks your own system, by {@code context.http()}. Safe for threads. */
interface Orders {
    Optional<String> state(String number);
}
