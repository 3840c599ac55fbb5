package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.kit.FakeChannelContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manifest says of how a module sends. */
class ChannelPlanTest {
    private static final String NAME = "channel-webhook";

    @TempDir
    Path folder;

    @Test
    void an_answer_goes_in_as_many_messages_as_the_manifest_says_and_whole_where_it_says_nothing() throws Exception {
        assertThat(abilities("\"messages\": 3,").streaming()).isEqualTo(new Abilities.Streaming.Chunks(3));
        assertThat(abilities("\"messages\": 1,").streaming()).isEqualTo(new Abilities.Streaming.Whole());
        assertThat(abilities("").streaming()).isEqualTo(new Abilities.Streaming.Whole());
        assertThatThrownBy(() -> abilities("\"messages\": 11,")).hasMessageContaining("messages");
    }

    private Abilities abilities(String more) throws IOException {
        var example = Examples.FOLDER.resolve(NAME);
        var module = folder.resolve(NAME + ".wasm");
        Files.write(module, Files.readAllBytes(example.resolve(NAME + ".wasm")));
        var manifest = Files.readString(example.resolve(NAME + ".json"));
        Files.writeString(folder.resolve(NAME + ".json"), manifest.replace("\"textLimit\"", more + "\"textLimit\""));
        var factory = new WasmChannelFactory(Examples.live(module), new WasmFilters());
        try (var channel = factory.create(
                Settings.of(Map.of("secret", "shared-secret-2026", "address", "https://crm.test/replies")),
                new FakeChannelContext("hook-1"))) {
            return channel.abilities();
        }
    }
}
