package io.kefuhub.filter.words;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.kit.SomeFacts;
import io.kefuhub.api.message.Message;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What most messages cost: nothing of the list is in them. */
class CleanMessageTest {
    private static final Duration WARM = Duration.ofSeconds(15);
    private static final int TIMES = 2_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void a_message_without_a_listed_word_takes_no_memory_once_the_code_is_warm() throws Exception {
        var messages = List.of(Message.of("你好，我的订单什么时候发货？"), Message.of("可以换成蓝色的吗，谢谢"), Message.of("请问 A4 打印纸还有货吗"));
        try (var context = new FakeContext("words");
                var filter = new SensitiveWordsFactory()
                        .create(Settings.of(Map.of("words", "代开发票\n外挂\n你是傻瓜\ncasino", "action", "block")), context)) {
            var end = System.nanoTime() + WARM.toNanos();
            long allocated;
            do allocated = allocated(filter, messages);
            while (allocated > 0 && System.nanoTime() < end);

            assertThat(allocated)
                    .as("bytes for %d messages", TIMES * messages.size())
                    .isZero();
        }
    }

    private long allocated(Filter filter, List<Message> messages) {
        var facts = SomeFacts.after();
        var before = threads.getCurrentThreadAllocatedBytes();
        var passed = 0;
        for (var time = 0; time < TIMES; time++) {
            for (var at = 0; at < messages.size(); at++) {
                if (filter.apply(messages.get(at), facts, Stage.CUSTOMER_IN) instanceof Verdict.Pass) passed++;
            }
        }
        var bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(passed).isEqualTo(TIMES * messages.size());
        return bytes;
    }
}
