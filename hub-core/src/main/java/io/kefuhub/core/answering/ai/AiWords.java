package io.kefuhub.core.answering.ai;

import io.kefuhub.api.Language;

/** What the assistant says besides what a model does, in Chinese to those who speak it and in English to all others. */
enum AiWords {
    HANDING_OVER("正在为您转接人工客服，请稍候。", "I’m getting a person for you. One moment, please."),
    PROMISE(
            "抱歉，这个问题我现在答不上来，已为您转给人工客服，会尽快在这里回复您。",
            "Sorry, I can’t answer that right now. I’ve asked a person, who will reply to you here as soon as possible."),
    EXTRACT("这里有一段可能有帮助的内容：", "This may help:");

    private final String chinese;
    private final String english;

    AiWords(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    String in(Language language) {
        return language.isChinese() ? chinese : english;
    }
}
