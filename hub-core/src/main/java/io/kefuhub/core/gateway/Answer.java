package io.kefuhub.core.gateway;

import java.util.UUID;

/**
 * What all pieces of one answer say of themselves. Immutable.
 *
 * @param created in seconds since 1970
 * @param model the alias that was asked
 */
record Answer(String id, long created, String model) {
    static Answer of(UUID id, long created, String model) {
        return new Answer("chatcmpl-" + id.toString().replace("-", ""), created, model);
    }
}
