package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.InstanceContext;
import io.kefuhub.api.Localized;
import io.kefuhub.api.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings files of the hub to the platform, piece by piece in little memory, before they are sent. What was brought is
 * remembered for as long as the platform keeps it. Safe for threads.
 */
final class Uploads {
    static final int PIECE = 512 * 1024;
    private static final long MEGABYTE = 1L << 20;
    private static final int LEAST = 6;
    private static final Localized GONE = Localized.of("the file is no longer there", "文件已不存在");
    /** The platform keeps it for three days. */
    private static final Duration KEPT = Duration.ofHours(70);

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final InstanceContext context;
    private final Asking asking;
    private final Duration patience;
    private final Map<String, CompletableFuture<Uploaded>> underWay = new ConcurrentHashMap<>();

    /** Sends a frame over the connection there is. */
    interface Asking {
        Ack ask(String command, String id, Map<String, Object> body, Duration limit) throws InterruptedException;
    }

    /** @param patience how long a caller waits; the file goes on being brought */
    Uploads(InstanceContext context, Asking asking, Duration patience) {
        this.context = context;
        this.asking = asking;
        this.patience = patience;
    }

    /** What became of it. */
    sealed interface Uploaded {
        /** @param type how it is sent */
        record Done(String mediaId, String type) implements Uploaded {}

        record NotYet(Localized reason) implements Uploaded {}

        record Never(Localized reason) implements Uploaded {}
    }

    Uploaded upload(StoredFile file) throws InterruptedException {
        var type = type(file);
        if (type.isEmpty())
            return new Uploaded.Never(Localized.of("WeCom takes files of at most 20 MB", "企业微信只接受不超过 20 MB 的文件"));
        if (file.size() < LEAST)
            return new Uploaded.Never(Localized.of("WeCom takes no file of less than 6 bytes", "企业微信不接受小于 6 字节的文件"));
        var known = context.store().get(key(file));
        if (known.isPresent()) return new Uploaded.Done(known.get(), type.get());
        var result = underWay.computeIfAbsent(file.id(), _ -> {
            var begun = new CompletableFuture<Uploaded>();
            context.tasks().run("upload", () -> bring(file, type.get(), begun));
            return begun;
        });
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return new Uploaded.NotYet(Localized.of("the file is being brought to WeCom", "文件正在上传"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** As what it may be sent; empty when it may not. */
    private static Optional<String> type(StoredFile file) {
        var size = file.size();
        var type = switch (file.mime()) {
            case "image/png", "image/jpeg" -> size <= 10 * MEGABYTE ? "image" : "file";
            case "audio/amr" -> size <= 2 * MEGABYTE ? "voice" : "file";
            case "video/mp4" -> size <= 10 * MEGABYTE ? "video" : "file";
            default -> "file";
        };
        return size <= 20 * MEGABYTE ? Optional.of(type) : Optional.empty();
    }

    /** Forgets what the platform does not know any more. */
    void forget(StoredFile file) {
        context.store().remove(key(file));
    }

    private static String key(StoredFile file) {
        return "media:" + file.id();
    }

    private void bring(StoredFile file, String type, CompletableFuture<Uploaded> result) {
        Uploaded uploaded = new Uploaded.NotYet(Localized.of("the file could not be brought to WeCom", "文件上传失败"));
        try {
            uploaded = brought(file, type);
            if (uploaded instanceof Uploaded.Done(var mediaId, var _)) {
                context.store().put(key(file), mediaId, KEPT);
            }
        } catch (IOException _) {
            uploaded = new Uploaded.NotYet(Localized.of("the file cannot be read now", "文件暂时无法读取"));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.remove(file.id(), result);
            result.complete(uploaded);
        }
    }

    private Uploaded brought(StoredFile file, String type) throws IOException, InterruptedException {
        var md5 = md5(file);
        if (md5.isEmpty()) return new Uploaded.Never(GONE);
        var pieces = (int) ((file.size() + PIECE - 1) / PIECE);
        var begin = Map.<String, Object>of(
                "type",
                type,
                "filename",
                file.name(),
                "total_size",
                file.size(),
                "total_chunks",
                pieces,
                "md5",
                md5.get());
        var begun = ask("aibot_upload_media_init", begin);
        if (!(begun instanceof Ack.Taken(var answer))) return failed(begun);
        var uploadId = answer.text("upload_id", "");
        var content = context.files().open(file.id());
        if (content.isEmpty()) return new Uploaded.Never(GONE);
        try (var in = content.get()) {
            for (var at = 0; at < pieces; at++) {
                var piece = Base64.getEncoder().encodeToString(in.readNBytes(PIECE));
                var body = Map.<String, Object>of("upload_id", uploadId, "chunk_index", at, "base64_data", piece);
                var taken = ask("aibot_upload_media_chunk", body);
                if (!(taken instanceof Ack.Taken)) return failed(taken);
            }
        }
        var finished = ask("aibot_upload_media_finish", Map.of("upload_id", uploadId));
        if (!(finished instanceof Ack.Taken(var kept))) return failed(finished);
        return new Uploaded.Done(kept.text("media_id", ""), type);
    }

    private Ack ask(String command, Map<String, Object> body) throws InterruptedException {
        return asking.ask(command, Link.newId(), body, ANSWER);
    }

    private static Uploaded failed(Ack ack) {
        return switch (ack) {
            case Ack.Refused refused when !refused.isForNow() -> new Uploaded.Never(refused.words());
            case Ack.Refused refused -> new Uploaded.NotYet(refused.words());
            case Ack.NotSent(var reason) -> new Uploaded.NotYet(reason);
            case Ack.Silent(), Ack.Taken _ ->
                new Uploaded.NotYet(Localized.of("WeCom did not answer while the file was brought", "上传时企业微信没有应答"));
        };
    }

    private Optional<String> md5(StoredFile file) throws IOException {
        var content = context.files().open(file.id());
        if (content.isEmpty()) return Optional.empty();
        try (var in = new DigestInputStream(content.get(), MessageDigest.getInstance("MD5"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return Optional.of(HexFormat.of().formatHex(in.getMessageDigest().digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no MD5", e);
        }
    }
}
