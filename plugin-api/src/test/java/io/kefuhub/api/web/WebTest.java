package io.kefuhub.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.kit.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebTest {
    @Test
    void a_call_is_read_by_name() {
        var call = Requests.get("/widget/1/wk_demo/events")
                .withQuery("after", "41")
                .withHeader("Authorization", "Bearer vt_1")
                .call();

        assertThat(call.parameter("after")).contains("41");
        assertThat(call.parameter("before")).isEmpty();
        assertThat(call.header("authorization")).contains("Bearer vt_1");
        assertThat(call.origin()).isEqualTo("https://hub.example");
    }

    @Test
    void a_reply_with_a_header_leaves_the_first_as_it_was() {
        var reply = WebReply.empty(204);

        assertThat(reply.withHeader("Retry-After", "3").headers()).containsEntry("Retry-After", "3");
        assertThat(reply.headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "widget", "/widget/"})
    void a_public_path_begins_with_a_slash_and_ends_without(String pattern) {
        assertThatThrownBy(() -> new PublicPath(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_public_path_may_name_an_instance() {
        assertThat(new PublicPath("/widget/1/{key}").namesInstance()).isTrue();
        assertThat(new PublicPath("/widget.js").namesInstance()).isFalse();
    }
}
