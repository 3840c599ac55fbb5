package io.kefuhub.channel.wecom.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncryptedFileTest {
    private static final CallbackKey KEY =
            CallbackKey.parse("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlBQkNERUY").orElseThrow();

    @Test
    void files_of_every_size_around_a_piece_come_out_as_they_went_in() throws IOException {
        for (var size : new int[] {0, 1, 15, 16, 31, 32, 33, 65_504, 65_535, 65_536, 65_537, 65_568, 200_000}) {
            var plain = new byte[size];
            new Random(size).nextBytes(plain);

            assertThat(decrypted(KEY.encrypt(plain))).as("%s bytes", size).isEqualTo(plain);
        }
    }

    @Test
    void what_was_cut_or_encrypted_with_another_key_is_refused() {
        var encrypted = KEY.encrypt(new byte[100_000]);
        var other =
                CallbackKey.parse("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C").orElseThrow();

        assertThatThrownBy(() -> decrypted(Arrays.copyOf(encrypted, 1_001))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decrypted(Arrays.copyOf(encrypted, 0))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decrypted(other.encrypt(new byte[100_000]))).isInstanceOf(IOException.class);
    }

    private static byte[] decrypted(byte[] encrypted) throws IOException {
        var plain = new ByteArrayOutputStream();
        EncryptedFile.decrypt(KEY, new ByteArrayInputStream(encrypted), plain);
        return plain.toByteArray();
    }
}
