package io.kefuhub.core.answering.documents.reading;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;

/** Markdown, by way of the page it makes. */
final class MarkdownReader {
    private static final List<Extension> TABLES = List.of(TablesExtension.create());
    private static final Pattern FRONT_MATTER = Pattern.compile("\\A---\\R.*?\\R---\\R", Pattern.DOTALL);

    private MarkdownReader() {}

    static void read(String text, BlockSink sink) throws IOException, UnreadableException {
        var body = FRONT_MATTER.matcher(text).replaceFirst("");
        var page = HtmlRenderer.builder()
                .extensions(TABLES)
                .build()
                .render(Parser.builder().extensions(TABLES).build().parse(body));
        HtmlReader.read(Jsoup.parse(page), sink);
    }
}
