package io.kefuhub.core.conversation;

/**
 * How a turn of the bot ended, for those who count. Immutable.
 *
 * @param question the last message that the turn was about
 * @param desk its key
 * @param channel its key
 * @param assistant the responder that decided; empty for nobody
 * @param source where the answer came from: {@code faq}, {@code cache}, {@code shared}, {@code model}, {@code passage},
 *     {@code menu}, {@code plugin}; {@code person} and {@code filter} where there was none
 * @param rung how far down an assistant had to go; empty where none was asked
 * @param why what kept a model, or anybody, from answering; empty where nothing did
 */
public record TurnOutcome(
        MessageId question, String desk, String channel, String assistant, String source, String rung, String why) {}
