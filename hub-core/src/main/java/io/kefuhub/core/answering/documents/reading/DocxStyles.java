package io.kefuhub.core.answering.documents.reading;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFStyles;
import org.jspecify.annotations.Nullable;

/** What the paragraph styles of a Word document make of a paragraph: a heading, or an item of a list. */
final class DocxStyles {
    private static final Pattern NAMED = Pattern.compile("(?:heading|标题)\\s*([1-9])");
    private static final int DEEPEST = 6;
    private static final int MOST_PARENTS = 20;

    private final @Nullable XWPFStyles styles;
    private final Map<String, Integer> levels = new HashMap<>();
    private final Map<String, Optional<DocxLists.Place>> lists = new HashMap<>();

    DocxStyles(@Nullable XWPFStyles styles) {
        this.styles = styles;
    }

    /** The level of a style; 0 for what is no heading. */
    int level(String style) {
        return levels.computeIfAbsent(
                style,
                id -> first(id, one -> {
                            int level = own(one);
                            return level > 0 ? Optional.of(level) : Optional.empty();
                        })
                        .orElse(0));
    }

    /** The list whose items paragraphs of a style are. */
    Optional<DocxLists.Place> list(String style) {
        return lists.computeIfAbsent(style, id -> first(id, DocxStyles::ownList));
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

    private interface Look<T> {
        Optional<T> at(XWPFStyle style);
    }

    /** What a style says itself, or else the nearest of those it is based on. */
    private <T> Optional<T> first(String style, Look<T> look) {
        if (styles == null) return Optional.empty();
        var at = styles.getStyle(style);
        for (int step = 0; step < MOST_PARENTS && at != null; step++) {
            var found = look.at(at);
            if (found.isPresent()) return found;
            var parent = at.getBasisStyleID();
            at = parent == null ? null : styles.getStyle(parent);
        }
        return Optional.empty();
    }

    private static int own(XWPFStyle style) {
        var properties = style.getCTStyle().getPPr();
        if (properties != null && properties.isSetOutlineLvl()) {
            int level = ofOutline(properties.getOutlineLvl().getVal().toString());
            if (level > 0) return level;
        }
        var name = style.getCTStyle().getName();
        return name == null || name.getVal() == null ? 0 : named(name.getVal().toLowerCase(Locale.ROOT));
    }

    private static int named(String name) {
        var found = NAMED.matcher(name);
        if (found.matches()) return Math.min(DEEPEST, Integer.parseInt(found.group(1)));
        return name.equals("title") || name.equals("标题") ? 1 : 0;
    }

    private static Optional<DocxLists.Place> ownList(XWPFStyle style) {
        var properties = style.getCTStyle().getPPr();
        if (properties == null || !properties.isSetNumPr()) return Optional.empty();
        var its = properties.getNumPr();
        if (!its.isSetNumId()) return Optional.empty();
        int level = its.isSetIlvl() ? its.getIlvl().getVal().intValue() : 0;
        return Optional.of(new DocxLists.Place(its.getNumId().getVal(), level));
    }
}
