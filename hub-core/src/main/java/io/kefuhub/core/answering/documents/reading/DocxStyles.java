package io.kefuhub.core.answering.documents.reading;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Which paragraph styles of a Word document are headings. */
final class DocxStyles {
    private static final Pattern NAMED = Pattern.compile("(?:heading|标题)\\s*([1-9])");
    private static final int DEEPEST = 6;
    private static final int MOST_PARENTS = 20;

    private final Map<String, Integer> levels = new HashMap<>();
    private final Map<String, String> parents = new HashMap<>();

    void read(XMLStreamReader xml) throws XMLStreamException {
        String style = "";
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) continue;
            var value = attribute(xml, "val");
            switch (xml.getLocalName()) {
                case "style" -> style = orEmpty(attribute(xml, "styleId"));
                case "name" -> named(style, orEmpty(value));
                case "basedOn" -> parents.put(style, orEmpty(value));
                case "outlineLvl" -> outline(style, orEmpty(value));
                default -> {}
            }
        }
    }

    /** The level of a style; 0 for what is no heading. */
    int level(String style) {
        var at = style;
        for (int step = 0; step < MOST_PARENTS && at != null; step++) {
            var level = levels.get(at);
            if (level != null) return level;
            at = parents.get(at);
        }
        return 0;
    }

    /** The level that an outline level stands for; 0 for body text. */
    static int ofOutline(String value) {
        try {
            int level = Integer.parseInt(value) + 1;
            return level >= 1 && level <= DEEPEST ? level : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static @Nullable String attribute(XMLStreamReader xml, String name) {
        for (int at = 0; at < xml.getAttributeCount(); at++) {
            if (xml.getAttributeLocalName(at).equals(name)) return xml.getAttributeValue(at);
        }
        return null;
    }

    static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private void named(String style, String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        var found = NAMED.matcher(lower);
        if (found.matches()) levels.putIfAbsent(style, Math.min(DEEPEST, Integer.parseInt(found.group(1))));
        if (lower.equals("title") || lower.equals("标题")) levels.putIfAbsent(style, 1);
    }

    private void outline(String style, String value) {
        int level = ofOutline(value);
        if (level > 0) levels.put(style, level);
    }
}
