package io.kefuhub.channel.web;

import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.channel.web.identity.IdentityTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One instance's settings, read once. Immutable.
 *
 * @param look what visitors see first
 * @param allowedOrigins where the chat may be embedded besides the hub itself
 * @param identities how the site's own server vouches for customers
 * @param fileSecret signs links; empty when the instance makes its own
 */
record WebSettings(
        Look look, List<String> allowedOrigins, IdentityTokens identities, Optional<String> fileSecret, Limits limits) {
    private static final Pattern ORIGIN = Pattern.compile("https?://(\\*\\.)?[A-Za-z0-9.-]+(:\\d{1,5})?");
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

    private static final SettingSpec TITLE = SettingSpec.text("title", "Title of the chat window")
            .withLabel(Language.ZH_CN, "聊天窗口标题")
            .optional();
    private static final SettingSpec GREETING = SettingSpec.text("greeting", "Greeting")
            .withLabel(Language.ZH_CN, "欢迎语")
            .withHelp(
                    Language.EN, "Shown above an empty chat. A friendly one in the visitor's language when left empty.")
            .withHelp(Language.ZH_CN, "显示在空白会话上方；留空时按访客语言显示默认欢迎语。")
            .optional();
    private static final SettingSpec COLOUR_SPEC = SettingSpec.text("color", "Colour, such as #0f766e")
            .withLabel(Language.ZH_CN, "主题色，例如 #0f766e")
            .withDefault("#0f766e");
    private static final SettingSpec REPLY_TIME = SettingSpec.text("reply-time", "Usual time to a person's reply")
            .withLabel(Language.ZH_CN, "人工回复通常需要的时间")
            .optional();
    private static final SettingSpec HOURS = SettingSpec.text("hours", "Service hours, as shown to visitors")
            .withLabel(Language.ZH_CN, "服务时间（展示给访客）")
            .optional();
    private static final SettingSpec WORDS = SettingSpec.texts("words", "Words of the chat", OwnWords.usual())
            .withLabel(Language.ZH_CN, "聊天窗口的文字")
            .withHelp(Language.EN, "The usual ones stand in grey. Write others, or empty a field to have them back.")
            .withHelp(Language.ZH_CN, "灰色的是默认文字；可改写，清空即恢复默认。");
    private static final SettingSpec ORIGINS = SettingSpec.list("allowed-origins", "Sites that may embed the chat")
            .withLabel(Language.ZH_CN, "允许嵌入的网站")
            .withHelp(Language.EN, "One origin a line, such as https://www.example.com.")
            .withHelp(Language.ZH_CN, "每行一个来源，例如 https://www.example.com。")
            .optional();
    private static final SettingSpec IDENTITY_SECRET = SettingSpec.secret("identity-secret", "Identity secret")
            .withLabel(Language.ZH_CN, "身份密钥")
            .withHelp(Language.EN, "Shared with the site's own server, which signs who its customers are.")
            .withHelp(Language.ZH_CN, "与网站自己的服务器共享，用于签名客户身份。")
            .optional();
    private static final SettingSpec IDENTITY_KEY = SettingSpec.text("identity-key-id", "Key id of the identity secret")
            .withLabel(Language.ZH_CN, "身份密钥编号（kid）")
            .optional();
    private static final SettingSpec OLD_SECRET = SettingSpec.secret(
                    "identity-secret-previous", "Previous identity secret, while it is being replaced")
            .withLabel(Language.ZH_CN, "上一个身份密钥（轮换期间）")
            .optional();
    private static final SettingSpec OLD_KEY = SettingSpec.text(
                    "identity-key-id-previous", "Key id of the previous identity secret")
            .withLabel(Language.ZH_CN, "上一个身份密钥编号（kid）")
            .optional();
    private static final SettingSpec LEGACY = SettingSpec.flag("user-hash", "Believe user hashes without expiry")
            .withLabel(Language.ZH_CN, "接受无有效期的用户哈希")
            .withHelp(Language.EN, "Whoever sees such a hash once can use it for ever. Leave this off if you can.")
            .withHelp(Language.ZH_CN, "此类哈希可被无限重放，如非必要请勿开启。")
            .withDefault("false");
    private static final SettingSpec FILE_SECRET = SettingSpec.secret("file-secret", "Secret that signs links to files")
            .withLabel(Language.ZH_CN, "文件链接签名密钥")
            .withHelp(Language.EN, "Made by the hub when left empty.")
            .withHelp(Language.ZH_CN, "留空时由系统生成。")
            .optional();

    static final List<SettingSpec> SPECS = specs();

    /**
     * @param title empty for one in the visitor's language, as with the greeting
     */
    record Look(String title, String greeting, String color, String replyTime, String hours, OwnWords words) {}

    static WebSettings of(Settings settings) {
        return new WebSettings(
                look(settings),
                origins(settings),
                new IdentityTokens(keys(settings), settings.flag(LEGACY)),
                settings.find(FILE_SECRET),
                Limits.of(settings));
    }

    private static Look look(Settings settings) {
        var color = settings.text(COLOUR_SPEC).strip();
        if (!COLOUR.matcher(color).matches()) {
            throw new SettingsException(COLOUR_SPEC.key(), "a colour such as #0f766e is expected");
        }
        return new Look(
                settings.find(TITLE).orElse(""),
                settings.find(GREETING).orElse(""),
                color,
                settings.find(REPLY_TIME).orElse(""),
                settings.find(HOURS).orElse(""),
                new OwnWords(settings.texts(WORDS)));
    }

    private static List<String> origins(Settings settings) {
        var origins = settings.list(ORIGINS);
        for (var origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new SettingsException(
                        ORIGINS.key(), "lines such as https://www.example.com are expected, without a path");
            }
        }
        return origins;
    }

    private static List<IdentityTokens.Key> keys(Settings settings) {
        var keys = new ArrayList<IdentityTokens.Key>();
        key(settings, IDENTITY_SECRET, IDENTITY_KEY).ifPresent(keys::add);
        key(settings, OLD_SECRET, OLD_KEY).ifPresent(keys::add);
        return keys;
    }

    private static Optional<IdentityTokens.Key> key(Settings settings, SettingSpec secret, SettingSpec id) {
        return settings.find(secret)
                .map(value -> new IdentityTokens.Key(settings.find(id).orElse(""), value));
    }

    private static List<SettingSpec> specs() {
        var specs = new ArrayList<>(List.of(
                TITLE,
                GREETING,
                COLOUR_SPEC,
                REPLY_TIME,
                HOURS,
                WORDS,
                ORIGINS,
                IDENTITY_SECRET,
                IDENTITY_KEY,
                OLD_SECRET,
                OLD_KEY,
                LEGACY,
                FILE_SECRET));
        specs.addAll(Limits.SPECS);
        return List.copyOf(specs);
    }
}
