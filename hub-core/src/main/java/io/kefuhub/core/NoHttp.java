package io.kefuhub.core;

import io.kefuhub.api.Http;
import java.net.URI;
import java.util.Map;

final class NoHttp implements Http {
    @Override
    public Call call(Request request) {
        throw new IllegalStateException("no http");
    }

    @Override
    public Socket connect(URI address, Map<String, String> headers, SocketListener listener) {
        throw new IllegalStateException("no http");
    }
}
