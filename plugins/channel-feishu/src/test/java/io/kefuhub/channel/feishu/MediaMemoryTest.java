package io.kefuhub.channel.feishu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Files;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.kit.FakeClock;
import io.kefuhub.api.message.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaMemoryTest {
    private static final long LARGEST = 100L << 20;
    private static final long MOST_GROWTH = 64L << 20;

    private final PlayedPlatform platform = new PlayedPlatform();
    private final AtomicLong kept = new AtomicLong();
    private final CountDownLatch almost = new CountDownLatch(1);
    private final CountDownLatch measured = new CountDownLatch(1);
    private final Wired wired = new Wired(platform).with(new Files() {
        @Override
        public Kept keep(String name, InputStream content, long limit) {
            try (content) {
                var buffer = new byte[8_192];
                for (var read = content.read(buffer); read >= 0; read = content.read(buffer)) kept.addAndGet(read);
                return new Kept.Stored(new StoredFile("f_1", name, "video/mp4", kept.get()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<StoredFile> find(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<InputStream> open(String id) {
            return Optional.empty();
        }
    });

    MediaMemoryTest() throws IOException {}

    @AfterEach
    void end() {
        wired.close();
        platform.close();
    }

    @Test
    void the_largest_file_passes_through_little_memory() throws InterruptedException {
        platform.resource("f1", large());
        var told = Told.of("om_1", "media", Map.of("file_key", "f1", "file_name", "a.mp4"))
                .json();
        var before = live();

        assertThat(wired.byWebhook().receive(Sealed.call(told, FakeClock.START).call()))
                .isInstanceOf(Receipt.Answered.class);
        almost.await();
        var growth = live() - before;
        measured.countDown();

        Waits.until(() -> !wired.fake.conversations().incoming().isEmpty());
        assertThat(kept).hasValue(LARGEST);
        assertThat(growth).isLessThan(MOST_GROWTH);
        assertThat(wired.fake.conversations().incoming().getFirst().parts())
                .singleElement()
                .isInstanceOf(Part.Media.class);
    }

    /** What is in use once garbage is gone. */
    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Made while it is sent; its end waits until the heap was measured. */
    private MockResponse large() {
        return new MockResponse.Builder()
                .body(new MockResponseBody() {
                    @Override
                    public long getContentLength() {
                        return LARGEST;
                    }

                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        var block = new byte[1 << 16];
                        for (var left = LARGEST; left > block.length; left -= block.length) sink.write(block);
                        sink.flush();
                        almost.countDown();
                        try {
                            measured.await();
                        } catch (InterruptedException e) {
                            throw new InterruptedIOException(e.toString());
                        }
                        sink.write(block);
                    }
                })
                .build();
    }
}
