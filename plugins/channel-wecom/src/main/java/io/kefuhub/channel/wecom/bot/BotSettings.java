package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.channel.wecom.crypto.CallbackKey;
import java.net.URI;
import java.util.List;

/**
 * One instance's settings, read once. Immutable.
 *
 * @param way how the platform and the hub reach each other
 * @param media where the platform keeps what people send to bots
 * @param welcome said to whoever opens the chat; empty for nothing
 */
record BotSettings(Way way, URI media, String welcome, Words words) {
    private static final String LONG = "long-connection";
    private static final String WEBHOOK = "webhook";
    private static final String CHINESE = "zh-CN";

    static final SettingSpec MODE = SettingSpec.choice("mode", "How WeCom reaches the hub", List.of(LONG, WEBHOOK))
            .withLabel(Language.ZH_CN, "连接方式")
            .withHelp(
                    Language.EN,
                    "Over a long connection the hub connects to WeCom: it needs no public address and can send at any time. "
                            + "With a callback WeCom calls the hub. Choose the same in the bot's API settings in WeCom.")
            .withHelp(Language.ZH_CN, "长连接由系统主动连接企业微信，无需公网地址，可随时发送消息；URL 回调由企业微信调用本系统。请与机器人 API 模式中的选择保持一致。")
            .withChoiceLabel(LONG, Localized.of("Long connection", "长连接"))
            .withChoiceLabel(WEBHOOK, Localized.of("Callback to an address (webhook)", "URL 回调"))
            .withDefault(LONG);
    static final SettingSpec BOT_ID = SettingSpec.text("bot-id", "Bot ID")
            .withLabel(Language.ZH_CN, "机器人 ID（BotID）")
            .withHelp(
                    Language.EN, "In WeCom: the bot, API mode, long connection. One program only may use it at a time.")
            .withHelp(Language.ZH_CN, "见企业微信：智能机器人 → API 模式 → 长连接。同一机器人同时只能由一个程序连接。")
            .onlyWhen(MODE, LONG);
    static final SettingSpec SECRET = SettingSpec.secret("bot-secret", "Secret of the bot")
            .withLabel(Language.ZH_CN, "机器人 Secret")
            .withHelp(Language.EN, "Shown beside the bot ID. It is another one than the secrets of apps.")
            .withHelp(Language.ZH_CN, "显示在 BotID 旁边，与应用的 Secret 不同。")
            .onlyWhen(MODE, LONG);
    static final SettingSpec SOCKET = SettingSpec.address("connection-address", "Address of the long connection")
            .withLabel(Language.ZH_CN, "长连接地址")
            .withHelp(
                    Language.EN,
                    "Change it for a proxy, a private edition or the simulator only; https stands for wss.")
            .withHelp(Language.ZH_CN, "仅在使用代理、私有化部署或模拟器时修改；https 即 wss。")
            .withDefault("https://openws.work.weixin.qq.com")
            .onlyWhen(MODE, LONG);
    static final SettingSpec TOKEN = SettingSpec.secret("token", "Token")
            .withLabel(Language.ZH_CN, "Token")
            .withHelp(Language.EN, "In WeCom: the bot, API mode, callback. Enter the same text here and there.")
            .withHelp(Language.ZH_CN, "见企业微信：智能机器人 → API 模式 → URL 回调。两处填写相同内容。")
            .onlyWhen(MODE, WEBHOOK);
    static final SettingSpec AES_KEY = SettingSpec.secret("aes-key", "EncodingAESKey")
            .withLabel(Language.ZH_CN, "EncodingAESKey")
            .withHelp(Language.EN, "Stands below the token: 43 letters and digits.")
            .withHelp(Language.ZH_CN, "位于 Token 下方，共 43 位字母和数字。")
            .onlyWhen(MODE, WEBHOOK);
    static final SettingSpec API = SettingSpec.address("api-address", "Address of WeCom")
            .withLabel(Language.ZH_CN, "企业微信地址")
            .withHelp(Language.EN, "Change it for a proxy, a private edition or the simulator only.")
            .withHelp(Language.ZH_CN, "仅在使用代理、私有化部署或模拟器时修改。")
            .withDefault("https://qyapi.weixin.qq.com")
            .onlyWhen(MODE, WEBHOOK);
    static final SettingSpec MEDIA = SettingSpec.address("media-address", "Where WeCom keeps pictures and files")
            .withLabel(Language.ZH_CN, "图片和文件的存放地址")
            .withHelp(
                    Language.EN,
                    "What people send to a bot is fetched from there. If a message says that its picture could not be fetched, enter the host that it names.")
            .withHelp(Language.ZH_CN, "用户发给机器人的内容从此处下载。如消息提示图片无法下载，请填写其中给出的主机。")
            .withDefault("https://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com");
    static final SettingSpec WELCOME = SettingSpec.text("welcome", "Welcome")
            .withLabel(Language.ZH_CN, "欢迎语")
            .withHelp(
                    Language.EN, "Said to whoever opens the chat for the first time that day; nothing when left empty.")
            .withHelp(Language.ZH_CN, "用户当天首次进入会话时发送；留空则不发送。")
            .optional();
    static final SettingSpec LANGUAGE = SettingSpec.choice(
                    "language", "Language of the channel's own words", List.of(CHINESE, "en"))
            .withLabel(Language.ZH_CN, "系统提示语言")
            .withHelp(Language.EN, "For the few notes that the channel itself adds, such as that an answer continues.")
            .withHelp(Language.ZH_CN, "用于渠道自身的少量提示，例如“未完，见下一条消息”。")
            .withChoiceLabel(CHINESE, Localized.of("中文"))
            .withChoiceLabel("en", Localized.of("English"))
            .withDefault(CHINESE);

    static final List<SettingSpec> SPECS =
            List.of(MODE, BOT_ID, SECRET, TOKEN, AES_KEY, WELCOME, LANGUAGE, SOCKET, API, MEDIA);

    /** How the platform and the hub reach each other. */
    sealed interface Way {
        /**
         * WeCom calls the hub.
         *
         * @param api where what is said later goes to
         */
        record Called(String token, CallbackKey key, URI api) implements Way {
            @Override
            public String toString() {
                return "Called";
            }
        }

        /** The hub connects to WeCom. */
        record Connected(String botId, String secret, URI socket) implements Way {
            @Override
            public String toString() {
                return "Connected";
            }
        }
    }

    static BotSettings of(Settings settings) {
        var words = settings.text(LANGUAGE).equals(CHINESE) ? Words.CHINESE : Words.ENGLISH;
        return new BotSettings(
                way(settings),
                settings.address(MEDIA),
                settings.find(WELCOME).orElse("").strip(),
                words);
    }

    /** Whether the platform calls; false for a choice that there is not. */
    static boolean isCalled(Settings settings) {
        try {
            return settings.text(MODE).equals(WEBHOOK);
        } catch (SettingsException _) {
            return false;
        }
    }

    private static Way way(Settings settings) {
        if (settings.text(MODE).equals(WEBHOOK)) {
            var key = CallbackKey.parse(settings.text(AES_KEY).strip())
                    .orElseThrow(() -> new SettingsException(
                            AES_KEY.key(),
                            Localized.of(
                                    "43 letters and digits are expected, as the WeCom console shows them",
                                    "应为 43 位字母和数字，与管理后台显示一致")));
            return new Way.Called(settings.text(TOKEN).strip(), key, settings.address(API));
        }
        return new Way.Connected(
                settings.text(BOT_ID).strip(), settings.text(SECRET).strip(), socket(settings.address(SOCKET)));
    }

    private static URI socket(URI address) {
        return URI.create(address.toString().replaceFirst("(?i)^http", "ws"));
    }
}
