package io.kefuhub.channel.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void what_is_rehearsed_are_messages_in_both_codecs() {
        assertThat(Rehearsal.play()).isEqualTo(50);
    }
}
