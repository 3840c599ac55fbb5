package io.kefuhub.core.plugin;

import io.kefuhub.core.web.Words;
import java.util.Arrays;
import java.util.Optional;

/** Why something was decided, for those who look at it later. Immutable. */
public sealed interface Reason {
    Reason NONE = new Told("");

    /** What the hub says itself, so that each reader can have it in their own language. */
    record Known(Code code, String about) implements Reason {}

    /** What a plugin says, in its own words; may be empty. */
    record Told(String text) implements Reason {}

    /** In words, for log lines and answers to callers. */
    default Words words() {
        return switch (this) {
            case Known(var code, var about) -> code.words.with(about);
            case Told(var text) -> new Words(text, text);
        };
    }

    /** What a contribution gave as its reason: the hub's own speak in codes, see {@link Code#with}. */
    static Reason of(Slot<?> slot, String given) {
        return slot.plugin().isHub()
                ? Code.read(given).<Reason>map(known -> known).orElse(new Told(given))
                : new Told(given);
    }

    /** Everything the hub says itself. The key is stored with messages and never changes; the console words it. */
    enum Code {
        EXACT("exact", "word for word: %s", "与问法一致：%s"),
        ALIKE("alike", "means the same as: %s", "与问法意思相同：%s"),
        MEANING("meaning", "means the same in other words as: %s", "换了说法，意思与此相同：%s"),
        NEAR("near", "near: %s", "相近的问法：%s"),
        NOTHING_NEAR("nothing-near", "no entry comes near", "没有相近的条目"),
        NO_ANSWER("no-answer", "nobody had an answer", "都没有答案"),
        ASKED_FOR_PERSON("asked-for-person", "the customer asked for a person", "客户要求人工"),
        SEND_WINDOW("send-window", "the customer's platform takes no more of the hub for now", "平台暂时不再接收机器人的消息"),
        MODEL("model", "made by a model: %s", "由模型生成：%s"),
        MODEL_CHEAPER("model-cheaper", "made by the cheaper model: %s", "由备用模型生成：%s"),
        MODEL_AGAIN("model-again", "a model had answered the same: %s", "复用模型对相同问题的回答：%s"),
        MODEL_PARTIAL("model-partial", "the model broke off: %s", "模型中途断开：%s"),
        EXTRACT("extract", "the nearest passage; no model answered", "最接近的知识段落；模型没有回答"),
        UNSUPPORTED("unsupported", "nothing known supports an answer", "没有可依据的知识"),
        UNSURE("unsure", "the model was not sure enough", "模型把握不足"),
        MODEL_HANDS_OVER("model-hands-over", "the model asked for a person", "模型请求转人工"),
        WITHHELD("withheld", "the provider withheld the answer", "模型服务商拦截了回答"),
        NO_MODEL("no-model", "no model could answer: %s", "没有模型可以回答：%s"),
        NOT_WANTED("not-wanted", "the answer was no longer wanted", "不再需要回答"),
        NO_WORDS("no-words", "there are no words in it", "没有文字内容"),
        NO_DESK("no-desk", "the desk is not known", "部门不存在"),
        TOO_LONG("too-long", "longer than %s characters", "超过 %s 个字符"),
        NOTHING_VISIBLE("nothing-visible", "nothing in it can be seen", "没有可见的内容"),
        FAILED("failed", "failed: %s", "出错：%s"),
        LATE("late", "no answer after %s ms", "%s 毫秒内没有答复"),
        RESTS("rests", "rests after repeated failures", "多次出错，暂停使用"),
        TAKEN_BACK("taken-back", "it was taken back", "已撤回"),
        STUCK("stuck", "%s calls have not come back", "有 %s 次调用没有返回"),
        FULL("full", "%s calls are under way already", "已有 %s 次调用在进行"),
        CLOSED("closed", "it is closed", "已停用");

        private static final String BETWEEN = ": ";

        private final String key;
        private final Words words;

        Code(String key, String en, String zh) {
            this.key = key;
            this.words = new Words(en, zh);
        }

        public String key() {
            return key;
        }

        /** As a contribution of the hub gives it where plugins give a text. */
        public String with(Object about) {
            return key + BETWEEN + about;
        }

        public Known known(Object about) {
            return new Known(this, String.valueOf(about));
        }

        private static Optional<Known> read(String given) {
            var end = given.indexOf(BETWEEN);
            var key = end < 0 ? given : given.substring(0, end);
            var about = end < 0 ? "" : given.substring(end + BETWEEN.length());
            return Arrays.stream(values())
                    .filter(code -> code.key.equals(key))
                    .findFirst()
                    .map(code -> code.known(about));
        }
    }
}
