package io.kefuhub.core.provisioning;

import io.kefuhub.core.web.Words;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the organisation's settings be as files declare them. */
public final class DeclaredSettings implements Target<Declarations.Setting> {
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_ADDRESS = 200;

    private final Keeper keeper;

    /** Keeps the settings. */
    public interface Keeper {
        /** The files that declare settings now. */
        Set<String> files();

        /**
         * Sets what a file declares.
         *
         * @param declared of {@code organisation}, {@code publicAddress}, {@code language}, {@code sound},
         *     {@code draftAlias} and {@code agentsReview} those that it declares, each with a value it can have; when there is none, the file no longer manages anything
         */
        void declare(String file, Map<String, String> declared);
    }

    public DeclaredSettings(Keeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public Set<String> files() {
        return keeper.files();
    }

    @Override
    public void apply(String file, List<Declarations.Setting> declared) {
        if (declared.isEmpty() && !keeper.files().contains(file)) return;
        var wanted = new LinkedHashMap<String, String>();
        for (var one : declared) {
            if (!fits(one)) throw new UnfitException(one.at(), expected(one.key()));
            wanted.put(one.key(), one.value().strip());
        }
        keeper.declare(file, wanted);
    }

    private static boolean fits(Declarations.Setting setting) {
        var value = setting.value().strip();
        return switch (setting.key()) {
            case "organisation", "draftAlias" -> !value.isEmpty() && value.length() <= LONGEST_NAME;
            case "publicAddress" -> isAddress(value);
            case "language" -> value.equals("zh-CN") || value.equals("en");
            case "sound", "agentsReview" -> value.equals("true") || value.equals("false");
            default -> false;
        };
    }

    private static Words expected(String key) {
        return switch (key) {
            case "organisation", "draftAlias" ->
                new Words("1 to %s characters are expected", "应为 1 至 %s 个字符").with(LONGEST_NAME);
            case "publicAddress" ->
                new Words(
                        "an address such as https://chat.example.com is expected", "应为网址，例如 https://chat.example.com");
            case "language" -> new Words("zh-CN or en is expected", "应为 zh-CN 或 en");
            case "sound", "agentsReview" -> new Words("true or false is expected", "应为 true 或 false");
            default ->
                new Words(
                        "there is no such setting; there are organisation, publicAddress, language, sound, draftAlias, agentsReview",
                        "没有这项设置；可用的有 organisation、publicAddress、language、sound、draftAlias、agentsReview");
        };
    }

    private static boolean isAddress(String text) {
        try {
            var address = URI.create(text);
            return text.length() <= LONGEST_ADDRESS
                    && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
