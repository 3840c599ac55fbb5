package io.kefuhub.ai.exchange;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Http;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiProviderContext;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Embedding;
import io.kefuhub.api.ai.Usage;
import java.util.List;

/** A provider that is asked over HTTP in its dialect. Safe for threads. */
public final class ModelProvider implements AiProvider {
    private final Service service;
    private final Dialect dialect;
    private final AiProviderContext context;
    private final Reason reason;

    public ModelProvider(Service service, Dialect dialect, AiProviderContext context) {
        this.service = service;
        this.dialect = dialect;
        this.context = context;
        this.reason = new Reason(service.key());
    }

    @Override
    public CheckResult check() {
        return new Probe(service, dialect, context.http(), this).check();
    }

    @Override
    public AiReply reply(AiRequest request, AiSink sink, Cancel cancel) {
        if (cancel.isRequested()) return new AiReply.Cancelled("", Usage.UNKNOWN, false);
        Http.Request question;
        try {
            question = dialect.question(request);
        } catch (UnfitException e) {
            return new AiReply.Refused(e.reason(), false);
        }
        var call = context.http().call(question);
        cancel.onRequest(call::cancel);
        var hangUp = new HangUp(call, context.tasks());
        var reading = new Reading(dialect, new AnswerSoFar(sink), hangUp);
        var outcome = request.stream() ? call.lines(reading::line) : call.send();
        hangUp.forget();
        return reading.reply(outcome, service.host(), context.clock().instant(), reason);
    }

    @Override
    public Embedding embed(String model, List<String> texts) {
        return dialect.embedder()
                .map(embedder -> new Vectorising(dialect, embedder, context, reason).of(model, texts))
                .orElseGet(Embedding.NotOffered::new);
    }
}
