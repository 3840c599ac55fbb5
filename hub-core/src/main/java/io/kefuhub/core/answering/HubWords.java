package io.kefuhub.core.answering;

import io.kefuhub.api.Language;

/** What the hub itself says to customers, in Chinese to those who speak it and in English to all others. */
public enum HubWords {
    HANDED_OVER("正在为您转接人工客服，请稍候。", "I’m getting a person for you. One moment, please."),
    REFUSED("抱歉，这条消息无法处理，请换一种说法再试。", "Sorry, that message cannot be handled. Please put it another way."),
    INTERIM("正在为您查询，请稍等…", "Let me look into that for you. One moment, please…"),
    MEANWHILE("还在为您查询。您想问的是不是：", "I’m still looking. Meanwhile, is it one of these?"),
    OFFER_PERSON(
            "抱歉，我还没有找到合适的答案。可以换个说法再问我，或者让人工客服来帮您。",
            "Sorry, I don’t have a good answer to that yet. Try asking in other words, or let a person help you."),
    TALK_TO_PERSON("转人工", "Talk to a person");

    private final String chinese;
    private final String english;

    HubWords(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String in(Language language) {
        return language.isChinese() ? chinese : english;
    }
}
