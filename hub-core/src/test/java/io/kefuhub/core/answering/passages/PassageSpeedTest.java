package io.kefuhub.core.answering.passages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PassageSpeedTest {
    private static final int PIECES = Integer.getInteger("passages.pieces", 5_000);
    private static final int QUESTIONS = Integer.getInteger("passages.questions", 400);
    private static final int DIMENSION = Integer.getInteger("passages.dimension", 256);

    /** The bounds are wide, because a test may share its machine; the numbers are those that bench/passages prints. */
    @Test
    void fifty_of_thousands_of_pieces_are_found_within_milliseconds() {
        var row = new PassageSpeed().measure(PIECES, DIMENSION, QUESTIONS);

        if (Boolean.getBoolean("passages.print")) System.out.println(row);
        assertThat(row.byWords().p50()).isLessThan(10);
        assertThat(row.byMeaning().p50()).isLessThan(100);
        assertThat(row.indexed()).isLessThan(Duration.ofSeconds(30));
    }
}
