package io.kefuhub.ai.exchange;

import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Usage;
import java.util.ArrayList;
import java.util.List;

/** Keeps what the hub was told of an answer. One thread only. */
public class Heard implements AiSink {
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final List<Usage> usages = new ArrayList<>();

    @Override
    public void content(String piece) {
        content.append(piece);
    }

    @Override
    public void reasoning(String piece) {
        reasoning.append(piece);
    }

    @Override
    public void usage(Usage usage) {
        usages.add(usage);
    }

    public String text() {
        return content.toString();
    }

    public String thoughts() {
        return reasoning.toString();
    }

    public List<Usage> usages() {
        return usages;
    }
}
