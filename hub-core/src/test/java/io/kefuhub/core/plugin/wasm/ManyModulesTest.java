package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.filtering.Judged;
import io.kefuhub.core.plugin.wasm.guest.Guests;
import io.kefuhub.core.telemetry.Stalls;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManyModulesTest {
    @Test
    void fifty_modules_live_side_by_side_and_a_chain_of_ten_takes_one_hop() throws Exception {
        try (var chain = new ModuleChain()) {
            for (var i = 0; i < 10; i++) chain.add("chain-" + i, Guests.bytes("version-" + i % 4), "", "shop");
            for (var i = 10; i < 50; i++) chain.add("alone-" + i, Guests.bytes("version-" + i % 4), "", "desk-" + i);

            var filtered = chain.apply("shop", "hello");
            assertThat(filtered).isInstanceOf(Filtered.Through.class);
            assertThat(filtered.trail()).hasSize(10).extracting(Judged::verdict).containsOnly("pass");
            for (var i = 10; i < 50; i++) {
                assertThat(chain.apply("desk-" + i, "hello").trail().getFirst().tags())
                        .containsExactly("v" + i % 4);
            }
            assertThat(chain.known().all()).hasSize(50);

            var began = Stalls.now();
            for (var i = 0; i < 100; i++) chain.apply("shop", "hello");
            assertThat(Stalls.since(began)).as("100 messages").isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void labels_of_one_message_are_not_put_on_the_next_where_an_instance_is_kept() throws Exception {
        try (var chain = new ModuleChain()) {
            var module = Files.readAllBytes(Examples.FOLDER.resolve("order-numbers/order-numbers.wasm"));
            chain.add("kept", module, "{\"instance\": \"kept\", \"config\": {\"patterns\": \"SO-######\"}}", "shop");

            var first = chain.apply("shop", "SO-123456").trail().getFirst().tags();
            var second = chain.apply("shop", "hello").trail().getFirst().tags();

            assertThat(first).containsExactly("order:SO-123456");
            assertThat(second).isEmpty();
        }
    }
}
