package io.kefuhub.api.respond;

/**
 * Answers a customer's turn, or passes it on. Responders are asked in the order the admin set, until one does not pass.
 *
 * <p>Called from many threads at once, never twice at once for one conversation, unless a call goes on for 2 seconds after
 * {@link AnswerSink#cancel} said that it is not wanted; within the turn's deadline (60 s unless configured). A customer who
 * asks for a person gets one without a responder being asked.
 */
public interface Responder extends AutoCloseable {
    /**
     * Decides what to say.
     *
     * @param turn what was asked, filtered; holds at least one part
     * @param sink shows the answer while it is made; using it is optional
     * @return what to say, or {@link Response.Pass} with a reason agents can read
     * @throws RuntimeException only for a defect: the next responder is asked, or a person when something was shown already
     */
    Response respond(Turn turn, AnswerSink sink);

    @Override
    default void close() {}
}
