package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HotFolderTest {
    @TempDir
    Path folder;

    private final BlockingQueue<Came> came = new LinkedBlockingQueue<>();

    private record Came(String name, long size) {}

    @Test
    void a_file_that_is_still_empty_keeps_no_other_back_and_is_taken_when_it_is_filled() throws Exception {
        try (var hot = new HotFolder(folder, ".jar", _ -> Optional.empty(), listener())) {
            hot.start(List.of());
            Files.createFile(folder.resolve("slow.jar"));
            Files.writeString(folder.resolve("quick.jar"), "all of it");

            assertThat(came.poll(10, TimeUnit.SECONDS)).isEqualTo(new Came("quick.jar", 9));
            Files.writeString(folder.resolve("slow.jar"), "all of it, at last");
            assertThat(came.poll(10, TimeUnit.SECONDS)).isEqualTo(new Came("slow.jar", 18));
        }
    }

    @Test
    void a_file_that_stays_empty_is_told_in_the_end() throws Exception {
        try (var hot = new HotFolder(folder, ".jar", _ -> Optional.empty(), listener())) {
            hot.start(List.of());
            Files.createFile(folder.resolve("nothing.jar"));

            assertThat(came.poll(20, TimeUnit.SECONDS)).isEqualTo(new Came("nothing.jar", 0));
        }
    }

    private HotFolder.Listener listener() {
        return new HotFolder.Listener() {
            @Override
            public void came(List<Path> files) {
                for (var file : files) {
                    try {
                        came.add(new Came(file.getFileName().toString(), Files.size(file)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }

            @Override
            public void left(List<Path> files) {}
        };
    }
}
