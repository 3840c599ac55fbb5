package io.kefuhub.core.answering;

import static io.kefuhub.core.answering.AnsweringFixture.answer;

import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A responder that says what the test lets it say, and notices when it is called off. */
final class Storyteller implements Responder {
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<Turn> turns = new CopyOnWriteArrayList<>();
    final List<AnswerSink> sinks = new CopyOnWriteArrayList<>();
    final AtomicInteger calledOff = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile String answer = "";
    volatile boolean stubborn;

    @Override
    public Response respond(Turn turn, AnswerSink sink) {
        sink.cancel().onRequest(calledOff::incrementAndGet);
        sinks.add(sink);
        turns.add(turn);
        asked.add(turn.question().text());
        while (answer.isEmpty()
                && end.getCount() > 0
                && (stubborn || !sink.cancel().isRequested())) {
            LockSupport.parkNanos(5_000_000);
        }
        return answer.isEmpty() ? new Response.Pass("nothing to say") : answer(answer);
    }

    void draft(String text) {
        sinks.getLast().draft(text);
    }

    void answers(String text) {
        answer = text;
    }

    void end() {
        end.countDown();
    }
}
