package io.kefuhub.core.models;

import io.kefuhub.api.ai.AiRequest;
import java.util.List;

/** Counts characters: one token for each of Chinese and its like, one for three of others, and 15 % on top. Immutable. */
public final class RoughEstimate implements TokenEstimate {
    private static final int FIRST_WIDE = 0x2E80;
    private static final int NARROW_PER_TOKEN = 3;
    private static final int PER_MESSAGE = 8;
    private static final int PER_PICTURE = 1_500;
    private static final double MARGIN = 1.15;

    @Override
    public long question(String model, ModelQuestion question) {
        var tokens = raw(question.system()) + PER_MESSAGE + pictures(question.messages()) * PER_PICTURE;
        for (var message : question.messages()) tokens += raw(message.text()) + PER_MESSAGE;
        for (var option : question.options().values()) tokens += raw(option);
        return (long) Math.ceil(tokens * MARGIN);
    }

    @Override
    public long text(String model, String text) {
        return (long) Math.ceil(raw(text));
    }

    private static long pictures(List<AiRequest.Turn> messages) {
        return messages.stream().mapToLong(message -> message.pictures().size()).sum();
    }

    private static double raw(String text) {
        var wide = text.codePoints().filter(point -> point >= FIRST_WIDE).count();
        var narrow = text.codePointCount(0, text.length()) - wide;
        return wide + (double) narrow / NARROW_PER_TOKEN;
    }
}
