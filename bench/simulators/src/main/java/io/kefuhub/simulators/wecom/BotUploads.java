package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.Shelf;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files that come by the line in pieces, in any order. Guarded by {@link BotRequests}. */
final class BotUploads {
    private static final int PIECE = 512 * 1024;
    private static final int MOST = 100;

    private final Scene scene;
    private final Map<String, Upload> uploads = new HashMap<>();

    private record Upload(JsonNode said, TreeMap<Integer, Shelf.Item> pieces) {}

    BotUploads(Scene scene) {
        this.scene = scene;
    }

    ObjectNode take(String command, JsonNode body) throws Wrong {
        var answer = Wrong.ok();
        switch (command) {
            case "aibot_upload_media_init" -> answer.putObject("body").put("upload_id", begin(body));
            case "aibot_upload_media_chunk" -> add(body);
            default -> {
                var upload = find(body);
                var item = whole(upload);
                uploads.remove(body.path("upload_id").asText());
                answer.putObject("body")
                        .put("type", upload.said.path("type").asText())
                        .put("media_id", item.id())
                        .put("created_at", Long.toString(scene.time.seconds()));
            }
        }
        return answer;
    }

    void clear() {
        uploads.clear();
    }

    private String begin(JsonNode body) throws Wrong {
        if (!BotScreen.FILES.contains(body.path("type").asText()))
            throw new Wrong(Wrong.MEDIA_TYPE, "invalid media type");
        var count = body.path("total_chunks").asInt();
        if (count < 1 || count > MOST) throw new Wrong(Wrong.PARAMETER, "total_chunks must lie between 1 and 100");
        var id = Letters.id("upload-");
        uploads.put(id, new Upload(body, new TreeMap<>()));
        return id;
    }

    private void add(JsonNode body) throws Wrong {
        var upload = find(body);
        var index = body.path("chunk_index").asInt(-1);
        if (index < 0 || index >= upload.said.path("total_chunks").asInt())
            throw new Wrong(Wrong.PARAMETER, "invalid chunk_index");
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(body.path("base64_data").asText());
        } catch (IllegalArgumentException e) {
            throw new Wrong(Wrong.PARAMETER, "invalid base64_data");
        }
        if (bytes.length == 0 || bytes.length > PIECE)
            throw new Wrong(Wrong.TOO_LARGE, "a chunk holds 1 to 524288 bytes");
        upload.pieces.put(index, scene.shelf.put(Letters.id("piece-"), "piece", "application/octet-stream", bytes));
    }

    private Upload find(JsonNode body) throws Wrong {
        var upload = uploads.get(body.path("upload_id").asText());
        if (upload == null) throw new Wrong(Wrong.PARAMETER, "invalid upload_id");
        return upload;
    }

    private Shelf.Item whole(Upload upload) throws Wrong {
        if (upload.pieces.size() != upload.said.path("total_chunks").asInt()) {
            throw new Wrong(Wrong.PARAMETER, "chunks are missing");
        }
        List<Shelf.Item> pieces = new ArrayList<>(upload.pieces.values());
        var sum = digest();
        var item = scene.shelf.put(
                Letters.id("media-"), upload.said.path("filename").asText("file"), "application/octet-stream", to -> {
                    try (var out = Files.newOutputStream(to)) {
                        for (var piece : pieces) {
                            var bytes = Files.readAllBytes(piece.file());
                            sum.update(bytes);
                            out.write(bytes);
                        }
                    }
                });
        if (item.size() != upload.said.path("total_size").asLong())
            throw new Wrong(Wrong.FILE_SIZE, "total_size is wrong");
        if (!HexFormat.of()
                .formatHex(sum.digest())
                .equals(upload.said.path("md5").asText())) {
            throw new Wrong(Wrong.PARAMETER, "md5 is wrong");
        }
        return item;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
