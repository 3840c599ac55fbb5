package io.kefuhub.core.answering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskForPersonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "转人工",
                "转人工！",
                "人工",
                "人工客服",
                "人工服务",
                "真人",
                "客服",
                "客服在吗",
                "找客服",
                "我要找客服",
                "我要人工",
                "请转人工客服",
                "帮我转人工",
                "帮我转接人工客服，谢谢",
                "我要转人工处理",
                "转接一下人工",
                "转一下人工",
                "给我转人工",
                "接人工",
                "叫个人工来",
                "能不能转人工啊",
                "可以转人工吗",
                "我想跟真人说话",
                "要真人客服",
                "有人吗",
                "有没有人",
                "有真人吗",
                "找个真人来",
                "我要找个人处理",
                "不要机器人",
                "我不想跟机器人聊",
                "联系人工客服",
                "怎么转人工",
                "你好，转人工",
                "人工人工",
                "轉人工",
                "talk to a human",
                "Can I talk to a human?",
                "I want to talk to a real person",
                "speak to an agent please",
                "let me speak with someone",
                "real person",
                "agent please",
                "agent",
                "human",
                "live agent",
                "Human please!",
                "connect me to customer service",
                "transfer me to a representative",
                "I need a human",
                "can i chat with a live agent",
                "get me an operator",
                "put me through to your staff",
                "I'd like to speak to somebody about my order",
                "customer service",
                "can I speak to a person who can help",
                "is there a real person here",
                "I don't want to talk to a bot",
                "stop, no more robots",
                "representative",
                "Please connect me with support"
            })
    void hears_who_wants_a_person(String text) {
        assertThat(AskForPerson.in(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "人工智能是什么",
                "人工费多少钱",
                "安装人工费怎么算",
                "这个是人工皮革吗",
                "是人工制作的吗",
                "人工客服几点上班",
                "客服电话是多少",
                "客服几点下班",
                "不用转人工",
                "不要转人工",
                "先不找客服",
                "别转人工了",
                "客服态度不好",
                "怎么退货",
                "一个人能搭帐篷吗",
                "帐篷住几个人",
                "收货人怎么改",
                "换个收货人",
                "送人可以吗",
                "人工湖边的门店",
                "这是转基因的吗",
                "怎么联系你们的仓库",
                "你是机器人吗",
                "",
                "human resources",
                "do you sell human hair wigs",
                "who is your travel agent",
                "I am a real person",
                "the delivery agent was rude",
                "cleaning agent",
                "how much is it per person",
                "what are your customer service hours",
                "what is your phone number",
                "how do I return an item",
                "I don't need a human",
                "no need to talk to an agent",
                "someone stole my parcel",
                "can one person pitch the tent",
                "I do not want to talk to an agent",
                "does the tent fit four people",
                "can I return it in person",
                "gift for a person I love"
            })
    void does_not_take_other_things_for_it(String text) {
        assertThat(AskForPerson.in(text)).isFalse();
    }
}
