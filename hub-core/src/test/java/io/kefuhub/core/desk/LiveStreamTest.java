package io.kefuhub.core.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.conversation.LiveConversations;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Sight;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Role;
import io.kefuhub.core.web.SseWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
    private static final Caller LI = new Caller(new UUID(0, 1), "li", Set.of(Role.AGENT), Set.of(), "c", false);

    @Test
    void a_reader_who_is_too_slow_is_cut_off_and_resumes() throws Exception {
        var sight = new Sight(new FilterChain(new Contributions(), new Guard()), _ -> "", Clock.systemUTC());
        var stream = new LiveStream(LI, sight, Optional.empty());
        for (var i = 0; i < 5000; i++) stream.counted("b-" + i, new InboxRows.Counts(i, 0, 0, 0));
        var out = new ByteArrayOutputStream();

        try (var talk = new ConversationFixture()) {
            var live = new LiveConversations(talk.database, talk.commits, talk.presences);
            stream.run(new SseWriter(out), "b-0", Clock.systemUTC(), Duration.ofSeconds(10), live, () -> true);
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("event: hello\n")
                .doesNotContain("b-4999");
    }
}
