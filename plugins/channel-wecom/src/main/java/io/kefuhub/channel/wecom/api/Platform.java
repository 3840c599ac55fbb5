package io.kefuhub.channel.wecom.api;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the platform is. Immutable.
 *
 * @param base without a slash at its end
 */
public record Platform(String base) {
    /** What the settings offer. */
    public static final String USUAL = "https://qyapi.weixin.qq.com";

    public static Platform at(URI address) {
        return new Platform(address.toString().replaceFirst("/+$", ""));
    }

    /** The address of a call; it holds secrets and belongs in no log. */
    URI call(String path, Map<String, String> query) {
        return URI.create(base
                + path
                + new TreeMap<>(query)
                        .entrySet().stream()
                                .map(one ->
                                        one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&", "?", "")));
    }
}
