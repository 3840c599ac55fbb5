package io.kefuhub.core.gateway;

import io.kefuhub.api.Files;
import io.kefuhub.api.StoredFile;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes pictures out of calls into the hub's files, where providers find them; they are checked like any upload, and
 * deleted within hours because no message refers to them. Safe for threads.
 */
final class Pictures {
    private static final Pattern DATA = Pattern.compile("data:image/(?:png|jpeg|jpg|gif|webp);base64,");
    private static final long LIMIT = 10L << 20;

    private final Files files;

    Pictures(Files files) {
        this.files = files;
    }

    List<StoredFile> keep(List<String> addresses) {
        return addresses.stream().map(this::keep).toList();
    }

    private StoredFile keep(String address) {
        var head = DATA.matcher(address);
        if (!head.lookingAt()) {
            throw Wrong.value(
                    "image_url.url",
                    "send the picture itself, as data:image/png;base64,… (or jpeg, gif, webp); the hub fetches nothing.",
                    "请直接发送图片内容：data:image/png;base64,…（或 jpeg、gif、webp）；系统不会去下载图片。");
        }
        return switch (files.keep("picture", new ByteArrayInputStream(decoded(address, head.end())), LIMIT)) {
            case Files.Kept.Stored(var kept) when kept.isPicture() -> kept;
            case Files.Kept.Stored _, Files.Kept.NotAllowed _ ->
                throw Wrong.value("image_url.url", "this is no picture that can be read.", "这不是可以读取的图片。");
            case Files.Kept.TooLarge _ ->
                throw Wrong.value("image_url.url", "a picture has 10 MB at most.", "单张图片最大 10 MB。");
            case Files.Kept.NoRoom() -> throw Problem.of(ProblemType.UNAVAILABLE);
        };
    }

    private static byte[] decoded(String address, int from) {
        try {
            return Base64.getDecoder().decode(address.substring(from));
        } catch (IllegalArgumentException e) {
            throw Wrong.value("image_url.url", "the base64 is broken.", "base64 内容有误。");
        }
    }
}
