package io.kefuhub.filter.words;

import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.filter.words.writing.Evasions;
import java.util.List;

/** What an admin may set of a list, as the form shows it. */
final class ListSettings {
    static final SettingSpec WORDS = SettingSpec.list("words", "Words")
            .withLabel(Language.ZH_CN, "词条")
            .withHelp(
                    Language.EN,
                    "One on each line: word, category, level (1 to 5), action (note, mask, hold, block), directions (in, out,"
                            + " agent), last day. All but the word may be left out. A regular expression stands between two"
                            + " slashes.")
            .withHelp(
                    Language.ZH_CN,
                    "每行一条：词,类别,级别（1–5）,处理（note 记录、mask 打码、hold 审核、block 拦截）,方向（in 客户、out 机器人、agent 客服）,截止日期。"
                            + "除词以外均可省略；正则表达式写在两个斜杠之间。")
            .optional();

    static final SettingSpec FILE = SettingSpec.file("file", "More words from a file")
            .withLabel(Language.ZH_CN, "从文件导入")
            .withHelp(Language.EN, "Text or CSV with the same lines, UTF-8 or GB 18030, up to 200,000 words.")
            .withHelp(Language.ZH_CN, "文本或 CSV，格式同上，UTF-8 或 GB 18030 编码，最多 20 万条。")
            .optional();

    static final SettingSpec STARTER = SettingSpec.choice("starter", "A list to begin with", Starter.NAMES)
            .withLabel(Language.ZH_CN, "起步词表")
            .withHelp(
                    Language.EN,
                    "Shop: adverts, deals past the platform, promises that advertising law forbids, complaints, rudeness."
                            + " School: cries for help, cheating, luring, money traps, insults. It counts beside your own words.")
            .withHelp(Language.ZH_CN, "商店：广告引流、绕过平台交易、广告法禁用的承诺、投诉与质量、不文明用语。" + "学校：求助信号、作弊代写、诱导、校园贷、辱骂。与自己的词条一起生效。")
            .withChoiceLabel(Starter.NONE, Localized.of("None", "不使用"))
            .withChoiceLabel("shop", Localized.of("For a shop", "商店"))
            .withChoiceLabel("school", Localized.of("For a school", "学校"))
            .withDefault(Starter.NONE);

    static final SettingSpec ALLOWED = SettingSpec.list("allowed", "Allowed")
            .withLabel(Language.ZH_CN, "放行词")
            .withHelp(Language.EN, "One on each line: what may be said although a listed word is in it.")
            .withHelp(Language.ZH_CN, "每行一个：虽包含词条但允许出现的说法。")
            .optional();

    static final SettingSpec ACTION = SettingSpec.choice(
                    "action", "Action, unless a word has its own", List.of("note", "mask", "hold", "block"))
            .withLabel(Language.ZH_CN, "默认处理方式")
            .withHelp(Language.EN, "Lines of the list name it by the word in brackets.")
            .withHelp(Language.ZH_CN, "词条中用括号里的词表示。")
            .withChoiceLabel("note", Localized.of("Only tag it (note)", "只打标签（note）"))
            .withChoiceLabel("mask", Localized.of("Cover the word (mask)", "遮盖该词（mask）"))
            .withChoiceLabel("hold", Localized.of("A person looks first (hold)", "先由人工审核（hold）"))
            .withChoiceLabel("block", Localized.of("It goes no further (block)", "拦截，不再发送（block）"))
            .withDefault("mask");

    static final SettingSpec CATEGORY = SettingSpec.text("category", "Category, unless a word has its own")
            .withLabel(Language.ZH_CN, "默认类别")
            .withDefault("sensitive");

    static final SettingSpec CUSTOMERS = SettingSpec.flag("customers", "Look at what customers write")
            .withLabel(Language.ZH_CN, "检查客户发来的消息")
            .withDefault("true");

    static final SettingSpec BOT = SettingSpec.flag("bot", "Look at what the hub answers")
            .withLabel(Language.ZH_CN, "检查自动回复")
            .withDefault("true");

    static final SettingSpec AGENTS = SettingSpec.flag("agents", "Look at what agents write")
            .withLabel(Language.ZH_CN, "检查客服发出的消息")
            .withDefault("true");

    static final SettingSpec REPLY = SettingSpec.text("reply", "What the author of a blocked message is told")
            .withLabel(Language.ZH_CN, "拦截时告知发送者")
            .withHelp(Language.EN, "Empty for the hub's own sentence.")
            .withHelp(Language.ZH_CN, "留空则使用系统默认语句。")
            .optional();

    static final SettingSpec COVER = SettingSpec.text("cover", "Sign that covers a word")
            .withLabel(Language.ZH_CN, "打码符号")
            .withDefault("*");

    static final SettingSpec BURSTS = SettingSpec.flag("bursts", "Words split over several messages")
            .withLabel(Language.ZH_CN, "识别拆成多条消息的词")
            .withDefault("true");

    static final SettingSpec TRADITIONAL = SettingSpec.flag("traditional", "Traditional characters count as simplified")
            .withLabel(Language.ZH_CN, "繁体视同简体")
            .withDefault("true");

    static final SettingSpec LOOK_ALIKES = SettingSpec.flag("look-alikes", "Look-alikes count as what they look like")
            .withLabel(Language.ZH_CN, "识别形近字符")
            .withHelp(Language.EN, "0 for o, Cyrillic а for a, 壹 for 1.")
            .withHelp(Language.ZH_CN, "例如 0 与 o、西里尔字母 а 与 a、壹 与 1。")
            .withDefault("true");

    static final SettingSpec SEPARATORS = SettingSpec.flag("separators", "Pass over signs between characters")
            .withLabel(Language.ZH_CN, "忽略字间符号")
            .withHelp(Language.EN, "Spaces, symbols, emoji and what shows nothing.")
            .withHelp(Language.ZH_CN, "空格、符号、表情和不可见字符。")
            .withDefault("true");

    static final SettingSpec REPEATS = SettingSpec.flag("repeats", "Repeated characters count once")
            .withLabel(Language.ZH_CN, "重复字符只算一次")
            .withDefault("true");

    static final SettingSpec PINYIN = SettingSpec.flag("pinyin", "Pinyin in full")
            .withLabel(Language.ZH_CN, "识别全拼")
            .withHelp(Language.EN, "Also where only some characters are spelled.")
            .withHelp(Language.ZH_CN, "也包括只有部分字用拼音的写法。")
            .withDefault("true");

    static final SettingSpec INITIALS = SettingSpec.flag("initials", "Pinyin initials")
            .withLabel(Language.ZH_CN, "识别拼音首字母")
            .withHelp(Language.EN, "Of words of three characters and more, as a word of their own.")
            .withHelp(Language.ZH_CN, "仅限三个字以上的词，且首字母单独成词。")
            .withDefault("true");

    static final List<SettingSpec> ALL = List.of(
            WORDS,
            STARTER,
            FILE,
            ALLOWED,
            ACTION,
            CATEGORY,
            CUSTOMERS,
            BOT,
            AGENTS,
            REPLY,
            COVER,
            BURSTS,
            TRADITIONAL,
            LOOK_ALIKES,
            SEPARATORS,
            REPEATS,
            PINYIN,
            INITIALS);

    private ListSettings() {}

    static Evasions evasions(Settings settings) {
        return new Evasions(
                settings.flag(TRADITIONAL),
                settings.flag(LOOK_ALIKES),
                settings.flag(SEPARATORS),
                settings.flag(REPEATS),
                settings.flag(PINYIN),
                settings.flag(INITIALS));
    }
}
