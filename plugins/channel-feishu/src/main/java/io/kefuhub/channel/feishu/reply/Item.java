package io.kefuhub.channel.feishu.reply;

import io.kefuhub.api.message.Part;
import java.util.ArrayList;
import java.util.List;

/** What is sent as one message of the platform. */
sealed interface Item {
    record Words(String text) implements Item {}

    /** Words and pictures together. */
    record Mixed(List<Part> parts) implements Item {}

    record Menu(Part.Menu menu) implements Item {}

    record File(Part.Media media) implements Item {}

    int LONGEST = 8_000;

    /** Divides a reply; the same reply is always divided the same way. */
    static List<Item> of(List<Part> parts) {
        if (isMixed(parts)) return List.of(new Mixed(parts));
        var items = new ArrayList<Item>();
        for (var part : parts) {
            switch (part) {
                case Part.Text(var text) -> chunks(text).forEach(chunk -> items.add(new Words(chunk)));
                case Part.Menu menu -> items.add(new Menu(menu));
                case Part.Media media -> items.add(new File(media));
                case Part.Unsupported _ -> {}
            }
        }
        return items;
    }

    private static boolean isMixed(List<Part> parts) {
        var words = 0;
        var pictures = 0;
        for (var part : parts) {
            if (part instanceof Part.Text(var text)) words += text.length();
            else if (part instanceof Part.Media(var kind, var _) && kind == Part.Media.Kind.IMAGE) pictures++;
            else return false;
        }
        return words > 0 && pictures > 0 && words <= LONGEST / 2;
    }

    /** Cuts at the end of a line or between words where there is one, never within a character. */
    static List<String> chunks(String text) {
        var chunks = new ArrayList<String>();
        var from = 0;
        while (text.length() - from > LONGEST) {
            var to = from + LONGEST;
            var line = text.lastIndexOf('\n', to);
            var word = text.lastIndexOf(' ', to);
            if (line > from + LONGEST / 2) to = line + 1;
            else if (word > from + LONGEST / 2) to = word + 1;
            else if (Character.isHighSurrogate(text.charAt(to - 1))) to--;
            add(chunks, text.substring(from, to));
            from = to;
        }
        add(chunks, text.substring(from));
        return chunks;
    }

    private static void add(List<String> chunks, String chunk) {
        if (!chunk.isBlank()) chunks.add(chunk);
    }
}
