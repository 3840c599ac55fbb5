package io.kefuhub.core.gateway;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.GatheringSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes an answer as a stream of chunks. One thread only.
 *
 * <p>Nothing is sent before there is something to show, so that until then a question may still be refused by its status.
 * What the caller does not take holds up the thread that reads the model; when it cannot be written at all the question is
 * called off. What is the same in all chunks is written once as bytes.
 */
final class ChunkStream implements GatheringSink {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private final Opening opening;
    private final Hangup hangup;
    private final Answer answer;
    private final boolean withUsage;
    private final byte[] before;
    private final byte[] after;
    private OutputStream out = OutputStream.nullOutputStream();
    private boolean begun;
    private boolean gathered;
    private String half = "";
    private int told;

    /** Sends the head of the response. */
    interface Opening {
        OutputStream open() throws IOException;
    }

    ChunkStream(Opening opening, Hangup hangup, Answer answer, boolean withUsage) {
        this.opening = opening;
        this.hangup = hangup;
        this.answer = answer;
        this.withUsage = withUsage;
        before = bytes(head() + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"");
        after = bytes("\"},\"logprobs\":null,\"finish_reason\":null}]" + noUsage() + "}\n\n");
    }

    private String head() {
        return "data: {\"id\":\"" + answer.id() + "\",\"object\":\"chat.completion.chunk\",\"created\":"
                + answer.created() + ",\"model\":\"" + new String(ENCODER.quoteAsString(answer.model())) + "\",";
    }

    /** Who asks for usage finds its field in every chunk. */
    private String noUsage() {
        return withUsage ? ",\"usage\":null" : "";
    }

    /** Whether something was sent, so that the status cannot change any more. */
    boolean hasBegun() {
        return begun;
    }

    /** How many characters of the answer were told. */
    int told() {
        return told;
    }

    @Override
    public void gather(String piece) {
        told += piece.length();
        if (hangup.isRequested()) return;
        var text = whole(half + piece);
        if (text.isEmpty()) return;
        try {
            begin();
            out.write(before);
            out.write(ENCODER.quoteAsUTF8(text));
            out.write(after);
            gathered = true;
        } catch (IOException e) {
            hangup.request();
        }
    }

    @Override
    public void show() {
        if (!gathered || hangup.isRequested()) return;
        try {
            out.flush();
            gathered = false;
        } catch (IOException e) {
            hangup.request();
        }
    }

    @Override
    public void reasoning(String piece) {}

    @Override
    public void usage(Usage usage) {}

    /** Ends a stream that may have begun or not; the end of the response, which follows, sends it. */
    void end(String finish, Usage usage) {
        write(() -> {
            begin();
            out.write(bytes(head() + "\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\""
                    + finish + "\"}]" + noUsage() + "}\n\n"));
            if (withUsage) out.write(usageChunk(usage));
            out.write(DONE);
        });
    }

    /** Ends a stream that cannot go on; that it lacks its end tells programs that it is not whole. */
    void fail(byte[] error) {
        write(() -> {
            out.write(bytes("data: "));
            out.write(error);
            out.write(bytes("\n\n"));
            out.flush();
        });
    }

    private interface Writing {
        void write() throws IOException;
    }

    private void write(Writing writing) {
        if (hangup.isRequested()) return;
        try {
            writing.write();
        } catch (IOException e) {
            hangup.request();
        }
    }

    private void begin() throws IOException {
        if (begun) return;
        out = opening.open();
        begun = true;
        out.write(bytes(head() + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                + "\"logprobs\":null,\"finish_reason\":null}]" + noUsage() + "}\n\n"));
    }

    private byte[] usageChunk(Usage usage) throws IOException {
        var chunk = new ByteArrayOutputStream(384);
        chunk.write(bytes("data: "));
        try (var json = Fields.JSON.createGenerator(chunk)) {
            json.writeStartObject();
            CompletionWriter.head(json, answer, "chat.completion.chunk");
            json.writeArrayFieldStart("choices");
            json.writeEndArray();
            CompletionWriter.usage(json, usage);
            json.writeEndObject();
        }
        chunk.write(bytes("\n\n"));
        return chunk.toByteArray();
    }

    /** A character of two halves that came apart is kept until the second one is there; a half that stays alone is shown as one. */
    private String whole(String text) {
        var last = text.length() - 1;
        half = last >= 0 && Character.isHighSurrogate(text.charAt(last)) ? text.substring(last) : "";
        return Surrogates.repaired(half.isEmpty() ? text : text.substring(0, last));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
