package io.kefuhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ApiTextTest {
    @Test
    void api_txt_says_what_the_api_is() throws Exception {
        var now = ApiText.of(Path.of("target/classes"));
        var file = Path.of("api.txt");
        if (Boolean.getBoolean("api.update")) Files.writeString(file, now);

        assertThat(Files.readString(file)).as("""
                        The public API has changed. What is public stays for ever: is it meant? Then write it down with
                            mvn -pl plugin-api test -Dtest=ApiTextTest -Dapi.update=true
                        and commit plugin-api/api.txt with the change, so that the review sees it.""").isEqualTo(now);
    }
}
