package io.kefuhub.channel.wecom;

import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.channel.wecom.api.Credentials;
import io.kefuhub.channel.wecom.api.Platform;
import io.kefuhub.channel.wecom.crypto.CallbackKey;
import io.kefuhub.channel.wecom.crypto.Callbacks;
import java.time.InstantSource;
import java.util.regex.Pattern;

/**
 * What every account that is called back at a corp's address has in common, read once. Immutable; names no secret.
 */
public record Account(Credentials credentials, String token, CallbackKey key, Platform platform) {
    public static final SettingSpec CORP_ID = SettingSpec.text("corp-id", "Corp id")
            .withLabel(Language.ZH_CN, "企业 ID")
            .withHelp(Language.EN, "In the WeCom console under My Company, at the bottom; begins with ww.")
            .withHelp(Language.ZH_CN, "管理后台“我的企业”页面底部，以 ww 开头。");
    public static final SettingSpec TOKEN = SettingSpec.secret("token", "Token of the callback")
            .withLabel(Language.ZH_CN, "回调 Token")
            .withHelp(Language.EN, "From the callback settings in the WeCom console: letters and digits, at most 32.")
            .withHelp(Language.ZH_CN, "管理后台回调配置中的 Token，不超过 32 位字母和数字。");
    public static final SettingSpec AES_KEY = SettingSpec.secret("aes-key", "EncodingAESKey of the callback")
            .withLabel(Language.ZH_CN, "回调 EncodingAESKey")
            .withHelp(Language.EN, "From the callback settings in the WeCom console: exactly 43 letters and digits.")
            .withHelp(Language.ZH_CN, "管理后台回调配置中的 EncodingAESKey，固定为 43 位字母和数字。");
    public static final SettingSpec ADDRESS = SettingSpec.address("address", "Address of WeCom's interface")
            .withLabel(Language.ZH_CN, "企业微信接口地址")
            .withHelp(Language.EN, "Leave it as it is, unless you use a proxy, a private edition or the simulator.")
            .withHelp(Language.ZH_CN, "除非使用代理、私有化部署或模拟器，否则无需修改。")
            .withDefault(Platform.USUAL);

    private static final Pattern TOKEN_FORM = Pattern.compile("[A-Za-z0-9]{1,32}");
    private static final Pattern CORP_FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /**
     * @param secret may be absent until the platform has verified the callback's address
     */
    public static Account of(Settings settings, SettingSpec secret) {
        var corpId = settings.text(CORP_ID).strip();
        if (!CORP_FORM.matcher(corpId).matches()) {
            throw new SettingsException(
                    CORP_ID.key(),
                    Localized.of("an id such as ww1a2b3c4d5e6f7081 is expected", "应填写企业 ID，例如 ww1a2b3c4d5e6f7081"));
        }
        var token = settings.text(TOKEN).strip();
        if (!TOKEN_FORM.matcher(token).matches()) {
            throw new SettingsException(
                    TOKEN.key(), Localized.of("1 to 32 letters and digits are expected", "应为 1 至 32 位字母和数字"));
        }
        var key = CallbackKey.parse(settings.text(AES_KEY).strip())
                .orElseThrow(() -> new SettingsException(
                        AES_KEY.key(), Localized.of("exactly 43 letters and digits are expected", "应为 43 位字母和数字")));
        var known = settings.find(secret).orElse("").strip();
        return new Account(new Credentials(corpId, known), token, key, Platform.at(settings.address(ADDRESS)));
    }

    public boolean hasSecret() {
        return !credentials.secret().isEmpty();
    }

    public Callbacks callbacks(InstantSource clock) {
        return new Callbacks(token, key, credentials.corpId(), clock);
    }

    @Override
    public String toString() {
        return "Account[" + credentials.corpId() + "]";
    }
}
