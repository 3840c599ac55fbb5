package io.kefuhub.channel.feishu.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes over the long connection. Immutable; its payload is not copied.
 *
 * @param method 0 for control, 1 for data
 * @param headers in their order
 * @param encoding empty for none, as are type and newer log id
 */
@SuppressWarnings("ArrayRecordComponent") // made by one and read by another, never compared
record Frame(
        long sequence,
        long logId,
        int service,
        int method,
        List<Header> headers,
        String encoding,
        String type,
        byte[] payload,
        String newLogId) {
    static final int CONTROL = 0;
    static final int DATA = 1;

    record Header(String key, String value) {}

    Frame {
        headers = List.copyOf(headers);
    }

    static Frame ping(int service) {
        return new Frame(0, 0, service, CONTROL, List.of(new Header("type", "ping")), "", "", new byte[0], "");
    }

    Optional<String> header(String key) {
        return headers.stream()
                .filter(header -> header.key().equals(key))
                .map(Header::value)
                .findFirst();
    }

    /** The answer to this frame: itself with the time it took and what came of it. */
    Frame answered(long millis, byte[] outcome) {
        var more = new ArrayList<>(headers);
        more.add(new Header("biz_rt", String.valueOf(millis)));
        return new Frame(sequence, logId, service, method, more, encoding, type, outcome, newLogId);
    }
}
