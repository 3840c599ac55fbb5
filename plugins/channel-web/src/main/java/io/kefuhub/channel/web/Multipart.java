package io.kefuhub.channel.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the file in a form that a browser sends. Used by one thread. */
final class Multipart {
    private static final Pattern BOUNDARY =
            Pattern.compile("multipart/form-data\\s*;.*?boundary=\"?([A-Za-z0-9'()+_,./:=? -]{1,70}?)\"?\\s*(;.*)?");
    private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("(?i)[;\\s]filename=\"([^\"]*)\"");
    private static final Pattern EXTENDED_NAME = Pattern.compile("(?i)[;\\s]filename\\*=UTF-8''([^;\\s]+)");
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final int MOST_FIELDS = 20;

    private Multipart() {}

    /**
     * A file whose content is still to be read.
     *
     * @param name as the browser said; not to be trusted
     */
    record Upload(String name, Section content) {}

    /** Returns the file of a field; empty when the body is no form or has no such field. */
    static Optional<Upload> find(String field, String contentType, InputStream body) throws IOException {
        var boundary = BOUNDARY.matcher(contentType);
        if (!boundary.matches()) return Optional.empty();
        // Every boundary follows a line break, but for the first.
        var source = new Section.Source(body, "\r\n--" + boundary.group(1), "\r\n");
        source.section().skipAll();
        for (var fields = 0; fields < MOST_FIELDS && source.goesOn(); fields++) {
            var head = source.head(LONGEST_HEAD);
            if (head.isEmpty()) return Optional.empty();
            var name = NAME.matcher(head.get());
            if (name.find() && name.group(1).equals(field)) {
                return fileName(head.get()).map(file -> new Upload(file, source.section()));
            }
            source.section().skipAll();
        }
        return Optional.empty();
    }

    private static Optional<String> fileName(String head) {
        var extended = EXTENDED_NAME.matcher(head);
        if (extended.find()) {
            try {
                return Optional.of(URLDecoder.decode(extended.group(1).replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        var plain = FILE_NAME.matcher(head);
        return plain.find() ? Optional.of(plain.group(1).replace("%22", "\"")) : Optional.empty();
    }
}
