package io.kefuhub.api.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.StoredFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final StoredFile PICTURE = new StoredFile("f_1", "a.png", "image/png", 10);

    @Test
    void its_words_are_those_of_its_parts() {
        var menu = new Part.Menu("Which one?", List.of(new Part.Menu.Option("1", "Returns")));
        var message = new Message(List.of(new Part.Text("look"), Part.Media.of(PICTURE), menu));

        assertThat(message.text()).isEqualTo("look\nWhich one?");
        assertThat(new Message(List.of(new Part.Unsupported("sticker"))).text()).isEmpty();
    }

    @Test
    void there_is_no_message_of_nothing() {
        assertThatThrownBy(() -> new Message(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Part.Text(" \n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Part.Menu("Which?", List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_list_it_was_made_of_may_change_afterwards() {
        var parts = new ArrayList<Part>(List.of(new Part.Text("hello")));
        var message = new Message(parts);

        parts.clear();

        assertThat(message.text()).isEqualTo("hello");
    }

    @Test
    void a_file_is_a_picture_only_where_it_is_safe_to_show() {
        assertThat(Part.Media.of(PICTURE).kind()).isEqualTo(Part.Media.Kind.IMAGE);
        assertThat(kind("image/svg+xml")).isEqualTo(Part.Media.Kind.FILE);
        assertThat(kind("audio/ogg")).isEqualTo(Part.Media.Kind.VOICE);
        assertThat(kind("video/mp4")).isEqualTo(Part.Media.Kind.VIDEO);
        assertThat(kind("application/pdf")).isEqualTo(Part.Media.Kind.FILE);
    }

    private static Part.Media.Kind kind(String mime) {
        return Part.Media.of(new StoredFile("f_1", "a", mime, 10)).kind();
    }
}
