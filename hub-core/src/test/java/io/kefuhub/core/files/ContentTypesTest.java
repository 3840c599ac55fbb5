package io.kefuhub.core.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentTypesTest {
    @ParameterizedTest
    @CsvSource({
        "'%PDF-1.7 ...', application/pdf",
        "'OggS\u0000...', audio/ogg",
        "'ID3\u0004...', audio/mpeg",
        "'\u00ff\u00fb\u0090\u0064', audio/mpeg",
        "'RIFF....WAVEfmt ', audio/wav",
        "'#!AMR\n\u0004', audio/amr",
        "'\u0000\u0000\u0000\u0018ftypmp42', video/mp4",
        "'\u0000\u0000\u0000\u0018ftypM4A ', audio/mp4",
        "'\u0000\u0000\u0000\u0018ftypqt  ', video/quicktime",
        "'\u001aE\u00df\u00a3....B\u0082\u0084webm', video/webm",
    })
    void a_content_is_known_by_how_it_begins(String begins, String mime) {
        assertThat(ContentTypes.detect(ByteBuffer.wrap(begins.getBytes(ISO_8859_1))))
                .contains(mime);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MZ\u0090\u0000\u0003",
                "\u007fELF\u0002",
                "\u00ca\u00fe\u00ba\u00be\u0000\u0000",
                "\u00d0\u00cf\u0011\u00e0\u00a1",
                "",
                "a\u0000b"
            })
    void programs_and_the_unknown_are_not_allowed(String begins) {
        assertThat(ContentTypes.detect(ByteBuffer.wrap(begins.getBytes(ISO_8859_1))))
                .isEmpty();
    }

    @Test
    void text_may_be_in_the_encodings_people_use() {
        var text = "退货地址：上海市\nRoom 3\t<b>\r\n";

        assertThat(ContentTypes.detect(ByteBuffer.wrap(text.getBytes(UTF_8)))).contains("text/plain");
        assertThat(ContentTypes.detect(ByteBuffer.wrap(text.getBytes(Charset.forName("GBK")))))
                .contains("text/plain");
    }

    @Test
    void an_office_document_is_told_from_a_zip_by_what_is_in_it() {
        assertThat(zip("[Content_Types].xml", "word/document.xml"))
                .contains("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        assertThat(zip("[Content_Types].xml", "xl/workbook.xml"))
                .contains("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assertThat(zip("[Content_Types].xml", "ppt/presentation.xml"))
                .contains("application/vnd.openxmlformats-officedocument.presentationml.presentation");
        assertThat(zip("photo.png", "word.txt")).contains("application/zip");
    }

    @Test
    void a_document_with_macros_and_a_broken_zip_are_not_allowed() {
        assertThat(zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"))
                .isEmpty();
        var broken = Samples.zip(List.of("a"));
        assertThat(ContentTypes.detect(ByteBuffer.wrap(broken, 0, broken.length - 30)))
                .isEmpty();
    }

    private static java.util.Optional<String> zip(String... names) {
        return ContentTypes.detect(ByteBuffer.wrap(Samples.zip(List.of(names))));
    }
}
