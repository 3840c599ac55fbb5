package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.Files.Kept;
import io.kefuhub.api.Http;
import io.kefuhub.api.InstanceContext;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.wecom.crypto.CallbackKey;
import io.kefuhub.channel.wecom.crypto.EncryptedFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Fetches what people send to a bot, decrypts it and has the hub keep it, in little memory. Safe for threads; calls wait.
 */
final class Fetching {
    private static final long LARGEST = 100L << 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> OF_WECOM = List.of(".qq.com", ".myqcloud.com", ".qpic.cn");
    private static final Pattern NAMED = Pattern.compile("(?i)filename\\s*=\\s*\"?([^\";]+)\"?");
    private static final Pattern NAMED_IN_UTF8 = Pattern.compile("(?i)filename\\*\\s*=\\s*utf-8''([^;]+)");

    private final InstanceContext context;
    private final URI media;
    private final Optional<CallbackKey> callbackKey;

    /**
     * @param media a place of the platform's besides the known ones
     * @param callbackKey for what brings no key of its own
     */
    Fetching(InstanceContext context, URI media, Optional<CallbackKey> callbackKey) {
        this.context = context;
        this.media = media;
        this.callbackKey = callbackKey;
    }

    /** Returns what is to be kept of it; empty when it may work another time. */
    Optional<Part> fetch(Piece.Media piece) {
        var address = address(piece.url());
        var key = piece.key().isEmpty() ? callbackKey : keyOf(piece.key());
        if (address.isEmpty()) return missing(piece, "its address is none of WeCom's");
        if (key.isEmpty()) return missing(piece, "its key is unreadable");
        try {
            var encrypted = Files.createTempFile("wecom-", ".encrypted");
            var plain = Files.createTempFile("wecom-", ".plain");
            try {
                return fetch(piece, address.get(), key.get(), encrypted, plain);
            } finally {
                Files.deleteIfExists(encrypted);
                Files.deleteIfExists(plain);
            }
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private Optional<Part> fetch(Piece.Media piece, URI address, CallbackKey key, Path encrypted, Path plain)
            throws IOException {
        var outcome = context.http().call(Http.Request.get(address, LIMIT)).toFile(encrypted, LARGEST + 64);
        return switch (outcome) {
            case Http.Outcome.Answered answered
            when answered.isOk() -> {
                try (var in = Files.newInputStream(encrypted);
                        var out = Files.newOutputStream(plain)) {
                    EncryptedFile.decrypt(key, in, out);
                } catch (IOException _) {
                    yield missing(piece, "it cannot be decrypted");
                }
                yield kept(piece, named(answered.headers(), piece, plain), plain);
            }
            case Http.Outcome.Answered(var status, var _, var _)
            when status < 500 && status != 429 -> missing(piece, "WeCom answered " + status);
            case Http.Outcome.NotAllowed(var host) ->
                missing(piece, host + " may not be called; enter it as where WeCom keeps pictures and files");
            case Http.Outcome.Failed(var _, var reason)
            when reason.startsWith("larger") -> missing(piece, "it is larger than 100 MiB");
            case Http.Outcome.Answered _, Http.Outcome.Failed _, Http.Outcome.TimedOut _, Http.Outcome.Cancelled _ ->
                Optional.empty();
        };
    }

    private Optional<Part> kept(Piece.Media piece, String name, Path plain) throws IOException {
        return switch (context.files().keep(name, Files.newInputStream(plain), LARGEST)) {
            case Kept.Stored(var file) -> Optional.of(Part.Media.of(file));
            case Kept.TooLarge(var limit) -> missing(piece, "it is larger than " + limit + " bytes");
            case Kept.NotAllowed(var reason) -> missing(piece, reason);
            case Kept.NoRoom() -> Optional.empty();
        };
    }

    /** What stands in its place, for agents to see. */
    static Optional<Part> missing(Piece.Media piece, String why) {
        return Optional.of(new Part.Unsupported(piece.type() + " (not fetched: " + why + ")"));
    }

    private static Optional<CallbackKey> keyOf(String base64) {
        return CallbackKey.ofBase64(base64).or(() -> CallbackKey.parse(base64));
    }

    /** Only what is the platform's is called, though the address came in a genuine call. */
    private Optional<URI> address(String url) {
        try {
            var address = new URI(url);
            var isOurs = address.getHost() != null
                    && address.getUserInfo() == null
                    && (isKnown(address) || isMedia(address));
            return isOurs ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static boolean isKnown(URI address) {
        var host = address.getHost().toLowerCase(Locale.ROOT);
        return "https".equalsIgnoreCase(address.getScheme())
                && OF_WECOM.stream().anyMatch(host::endsWith);
    }

    private boolean isMedia(URI address) {
        return media.getScheme().equalsIgnoreCase(address.getScheme())
                && media.getHost().equalsIgnoreCase(address.getHost())
                && media.getPort() == address.getPort();
    }

    /** What people see: the name that WeCom tells, else one by its kind. */
    private static String named(Map<String, List<String>> headers, Piece.Media piece, Path plain) throws IOException {
        var disposition = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("content-disposition"))
                .flatMap(header -> header.getValue().stream())
                .findFirst()
                .orElse("");
        var utf8 = NAMED_IN_UTF8.matcher(disposition);
        if (utf8.find()) return decoded(utf8.group(1).strip());
        var plainName = NAMED.matcher(disposition);
        if (plainName.find()) return decoded(plainName.group(1).strip());
        try (var in = Files.newInputStream(plain)) {
            return piece.type() + ending(in);
        }
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return name;
        }
    }

    private static String ending(InputStream in) throws IOException {
        var start = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0089PNG")) return ".png";
        if (start.startsWith("\u00FF\u00D8\u00FF")) return ".jpg";
        if (start.startsWith("GIF8")) return ".gif";
        if (start.startsWith("RIFF") && start.endsWith("WEBP")) return ".webp";
        if (start.startsWith("ftyp", 4)) return ".mp4";
        if (start.startsWith("%PDF")) return ".pdf";
        return "";
    }
}
