package io.kefuhub.simulators.feishu;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Faults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;

/** One message of a line, in as many frames as it takes. */
record Parts(String id, String trace, int service, long number) {
    static final String IN_PARTS = "in-parts";
    static final String LOST_PART = "lost-part";
    static final String CUT_AFTER_EVENT = "cut-after-event";
    static final String NO_PONG = "no-pong";

    static final int LARGEST_PART = 32 * 1024;
    private static final int WHEN_ASKED = 3;

    /** Under {@link #IN_PARTS} three, the last one first; under {@link #LOST_PART} three of which one never comes. */
    List<Frame> cut(JsonNode told, Faults faults, String what) {
        var payload = told.toString().getBytes(UTF_8);
        var lost = faults.strikes(LOST_PART, what);
        var asked = faults.strikes(IN_PARTS, what) || lost;
        var usual = (payload.length + LARGEST_PART - 1) / LARGEST_PART;
        var parts = frames(payload, asked ? Math.max(WHEN_ASKED, usual) : usual);
        if (asked) Collections.reverse(parts);
        if (lost) parts.remove(1);
        return parts;
    }

    private List<Frame> frames(byte[] payload, int sum) {
        var frames = new ArrayList<Frame>();
        for (var seq = 0; seq < sum; seq++) {
            var headers = new LinkedHashMap<String, String>();
            headers.put("type", "event");
            headers.put("message_id", id);
            headers.put("sum", Integer.toString(sum));
            headers.put("seq", Integer.toString(seq));
            headers.put("trace_id", trace);
            var from = (int) ((long) payload.length * seq / sum);
            var to = (int) ((long) payload.length * (seq + 1) / sum);
            frames.add(new Frame(number, number, service, Frame.DATA, headers, Arrays.copyOfRange(payload, from, to)));
        }
        return frames;
    }
}
