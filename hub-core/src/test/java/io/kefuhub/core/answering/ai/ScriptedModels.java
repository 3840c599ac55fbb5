package io.kefuhub.core.answering.ai;

import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Used;
import io.kefuhub.core.web.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to models that does as it is told. Safe for threads. */
public final class ScriptedModels implements ModelGateway {
    public final List<ModelQuestion> asked = new CopyOnWriteArrayList<>();
    private volatile ModelGateway script = (_, _, _) -> notAnswered(ModelOutcome.Why.NO_MODEL);

    private volatile String hidden = "nothing is";

    /** Filters hide what holds this. */
    public void hides(String text) {
        hidden = text;
    }

    @Override
    public boolean hides(Payer payer, String text) {
        return text.contains(hidden);
    }

    public void does(ModelGateway next) {
        script = next;
    }

    /** Streams this text in pieces of a few signs. */
    public void says(String text) {
        does((_, sink, _) -> streamed(text, sink, true));
    }

    @Override
    public ModelOutcome ask(ModelQuestion question, AiSink sink, Cancel cancel) {
        asked.add(question);
        var outcome = script.ask(question, sink, cancel);
        CallNotes.current().add(new CallNotes.Note(question.alias(), question.purpose(), outcome));
        return outcome;
    }

    public static ModelOutcome streamed(String text, AiSink sink, boolean firstChoice) {
        for (var at = 0; at < text.length(); at += 5) sink.content(text.substring(at, Math.min(text.length(), at + 5)));
        return new ModelOutcome.Answered(text, AiReply.Finish.STOP, used(firstChoice));
    }

    public static ModelOutcome notAnswered(ModelOutcome.Why why) {
        return new ModelOutcome.NotAnswered(why, "scripted", Used.NOTHING);
    }

    public static Used used(boolean firstChoice) {
        return new Used(
                "main-1",
                "model-1",
                firstChoice,
                new Usage(true, 500, 0, 50, 0),
                1_000,
                1,
                Duration.ofMillis(100),
                Duration.ofMillis(300));
    }

    /** A reply in the fields that models are asked for. */
    public static String fields(String answer, String kind, boolean handOver, double confidence, String... citations) {
        return "{\"answer\":" + Json.text(answer) + ",\"kind\":\"" + kind + "\",\"handover\":" + handOver
                + ",\"confidence\":" + confidence + ",\"citations\":" + Json.text(List.of(citations)) + "}";
    }

    static final Map<String, String> SETTINGS =
            Map.of("alias", "chat", "cheaper-alias", "small", "summary-alias", "small");
}
