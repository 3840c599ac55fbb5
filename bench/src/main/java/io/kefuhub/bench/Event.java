package io.kefuhub.bench;

/**
 * One event of a conversation as its customer sees it; what there is nothing of is empty. Immutable.
 *
 * @param kind {@code message}, {@code message.updated}, {@code state} or {@code read}
 * @param id of the message
 * @param cid the customer's own id of it
 * @param author who speaks: {@code customer}, {@code bot}, {@code agent} or {@code hub}
 * @param name of the agent who speaks, or who has the conversation now
 * @param answer the message that this one answers
 * @param text what is said, parts and options on lines of their own; else the state, or up to where was read
 * @param at when it was said, in milliseconds of the epoch; 0 for what is no message
 */
public record Event(
        long seq, String kind, String id, String cid, String author, String name, String answer, String text, long at) {
    public static Event entered(long seq, String state, String agent) {
        return new Event(seq, "state", "", "", "", agent, "", state, 0);
    }

    public static Event read(long seq, long upTo) {
        return new Event(seq, "read", "", "", "", "", "", Long.toString(upTo), 0);
    }

    public boolean isMessageOf(String who) {
        return kind.equals("message") && author.equals(who);
    }
}
