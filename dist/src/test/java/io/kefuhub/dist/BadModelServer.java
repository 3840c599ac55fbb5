package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A server of chat completions on a bare socket, so that it can do what no library would: each model has a fault. */
final class BadModelServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    private static final Pattern MODEL = Pattern.compile("\"model\":\"([^\"]+)\"");

    private final ServerSocket socket;
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final List<Question> questions = new CopyOnWriteArrayList<>();

    /** What a model does; the connection is closed behind it. */
    interface Fault {
        void play(Question question) throws IOException, InterruptedException;
    }

    /** One question and its connection. */
    static final class Question {
        final String model;
        final CountDownLatch left = new CountDownLatch(1);
        private volatile long leftAt;
        private final OutputStream out;

        private Question(String model, OutputStream out) {
            this.model = model;
            this.out = out;
        }

        /** How long after a moment its caller hung up. */
        Duration leftAfter(long moment) throws InterruptedException {
            assertThat(left.await(20, TimeUnit.SECONDS)).as("hung up on").isTrue();
            return Duration.ofNanos(leftAt - moment);
        }

        void raw(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void head(int status, String more) throws IOException {
            raw("HTTP/1.1 " + status + " X\r\nConnection: close\r\n" + more + "\r\n");
        }

        void stream() throws IOException {
            head(200, "Content-Type: text/event-stream\r\n");
        }

        void piece(String text) throws IOException {
            data("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}");
        }

        void piece(String text, String usage) throws IOException {
            data("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}],\"usage\":" + usage + "}");
        }

        void data(String json) throws IOException {
            raw("data: " + json + "\n\n");
        }

        void end() throws IOException {
            data("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
            raw("data: [DONE]\n\n");
        }

        void answer(int status, String more, String body) throws IOException {
            head(status, "Content-Type: application/json\r\n" + more);
            raw(body);
        }
    }

    BadModelServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    void plays(String model, Fault fault) {
        faults.put(model, fault);
    }

    List<Question> questions(String model) {
        return questions.stream().filter(one -> one.model.equals(model)).toList();
    }

    /** Waits until a model was asked so often; gives the last question. */
    Question question(String model, int number) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (questions(model).size() < number) {
            assertThat(System.nanoTime() - end).as(model + " is asked").isNegative();
            LockSupport.parkNanos(5_000_000);
        }
        return questions(model).getLast();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var caller = socket.accept();
                Thread.ofVirtual().start(() -> serve(caller));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            var in = new BufferedInputStream(caller.getInputStream());
            var head = head(in);
            var length = LENGTH.matcher(head);
            var body = length.find()
                    ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                    : "";
            var model = MODEL.matcher(body);
            // The check asks for the list of models.
            if (!model.find()) {
                new Question("", caller.getOutputStream()).answer(200, "", "{\"object\":\"list\",\"data\":[]}");
                return;
            }
            var question = new Question(model.group(1), caller.getOutputStream());
            questions.add(question);
            Thread.ofVirtual().start(() -> watch(in, question));
            faults.getOrDefault(question.model, one -> one.head(404, "")).play(question);
        } catch (IOException _) {
            // the other side has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void watch(InputStream in, Question question) {
        try {
            while (in.read() >= 0) Thread.onSpinWait();
        } catch (IOException _) {
            // gone as well
        }
        question.leftAt = System.nanoTime();
        question.left.countDown();
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) throw new IOException("no request");
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
