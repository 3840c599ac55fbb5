package io.kefuhub.channel.wecom.bot;

/**
 * The few words that this channel says by itself.
 *
 * @param continues ends what is shown where the rest comes as a message of its own
 * @param waits takes the place of an answer that has not come in time
 * @param below takes the place of an answer that stands under a later question
 * @param withdrawn takes the place of an answer that will not come after all
 */
record Words(String continues, String waits, String below, String withdrawn) {
    static final Words CHINESE = new Words("（未完，见下一条消息）", "（仍在处理，稍后另行回复）", "（见下方回复）", "（稍后回复）");
    static final Words ENGLISH = new Words(
            "(continues in the next message)",
            "(still being looked into; the reply follows)",
            "(see the reply below)",
            "(the reply follows)");
}
