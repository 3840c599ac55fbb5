package io.kefuhub.bench.models;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The gateway from npm that the hub is measured against, in a process of its own, as its own README starts it. */
final class PeerGateway implements AutoCloseable {
    private final Process process;
    private final URI address;

    /** @param folder where npm has put it */
    PeerGateway(Path folder) throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        address = URI.create("http://127.0.0.1:" + port);
        var builder = new ProcessBuilder(
                        "node",
                        folder.resolve("node_modules/@portkey-ai/gateway/build/start-server.js")
                                .toString(),
                        "--headless",
                        "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("NODE_ENV", "production");
        process = builder.start();
    }

    /** It asks the model server as one of OpenAI's kind, without retries, cache or guardrails. */
    ChatTarget target(String upstream) {
        return new ChatTarget(
                "peer",
                address,
                "/v1/chat/completions",
                "stub",
                Map.of(
                        "Authorization", "Bearer key",
                        "x-portkey-provider", "openai",
                        "x-portkey-custom-host", upstream));
    }

    long pid() {
        return process.pid();
    }

    void awaitAnswer(String upstream) throws IOException {
        ChatLoad.awaitAnswer(target(upstream), List.of(false, true));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
