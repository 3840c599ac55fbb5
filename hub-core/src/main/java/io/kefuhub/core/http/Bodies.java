package io.kefuhub.core.http;

import io.kefuhub.api.Http;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** What a request carries, in OkHttp's words. */
final class Bodies {
    private Bodies() {}

    static @Nullable RequestBody of(Http.Request request) {
        return switch (request.body()) {
            case Http.Body.None _ -> needsBody(request.method()) ? RequestBody.create(new byte[0], null) : null;
            case Http.Body.Text(var mime, var value) ->
                RequestBody.create(value.getBytes(StandardCharsets.UTF_8), MediaType.get(mime));
            case Http.Body.Multipart(var fields) -> {
                var body = new MultipartBody.Builder().setType(MultipartBody.FORM);
                fields.forEach(field -> body.addPart(headers(field), new FieldBody(field)));
                yield body.build();
            }
        };
    }

    private static boolean needsBody(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    private static Headers headers(Http.Field field) {
        var value = new StringBuilder("form-data; name=").append(quoted(field.name()));
        field.fileName().ifPresent(name -> value.append("; filename=").append(quoted(name)));
        return new Headers.Builder()
                .addUnsafeNonAscii("Content-Disposition", value.toString())
                .build();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A") + '"';
    }

    /** A field whose content is read once. */
    private static final class FieldBody extends RequestBody {
        private final Http.Field field;

        FieldBody(Http.Field field) {
            this.field = field;
        }

        @Override
        public MediaType contentType() {
            return MediaType.get(field.mime());
        }

        @Override
        public long contentLength() {
            return field.size();
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (var source = Okio.source(field.content())) {
                sink.writeAll(source);
            }
        }
    }
}
