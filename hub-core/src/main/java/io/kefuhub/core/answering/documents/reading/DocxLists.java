package io.kefuhub.core.answering.documents.reading;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.poi.xwpf.usermodel.XWPFNumbering;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTLvl;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTNum;

/** What stands in front of the items of a Word document's lists: their numbers are counted, not written. For one thread. */
final class DocxLists {
    static final String BULLET = "•";

    private static final int LEVELS = 9;
    private static final BigInteger NO_LIST = BigInteger.ZERO;

    /** An item's list, and how deep it stands there, from 0. */
    record Place(BigInteger list, int level) {
        boolean isNone() {
            return list.equals(NO_LIST);
        }
    }

    private final @Nullable XWPFNumbering numbering;
    private final Map<BigInteger, int[]> counts = new HashMap<>();
    private final Set<BigInteger> begun = new HashSet<>();

    DocxLists(@Nullable XWPFNumbering numbering) {
        this.numbering = numbering;
    }

    /** What stands in front of the next item of a list. */
    String label(Place place) {
        if (numbering == null || place.level < 0 || place.level >= LEVELS) return BULLET;
        var num = numbering.getNum(place.list);
        if (num == null || num.getCTNum().getAbstractNumId() == null) return BULLET;
        var pattern = num.getCTNum().getAbstractNumId().getVal();
        var levels = levels(pattern);
        var count = counts.computeIfAbsent(pattern, _ -> new int[LEVELS]);
        if (begun.add(place.list)) restart(num.getCTNum(), count);
        count[place.level] = count[place.level] == 0 ? start(levels[place.level]) : count[place.level] + 1;
        for (int deeper = place.level + 1; deeper < LEVELS; deeper++) count[deeper] = 0;
        return written(levels, count, place.level);
    }

    private CTLvl[] levels(BigInteger pattern) {
        var levels = new CTLvl[LEVELS];
        var its = numbering == null ? null : numbering.getAbstractNum(pattern);
        if (its == null) return levels;
        for (var level : its.getCTAbstractNum().getLvlArray()) {
            int at = level.getIlvl() == null ? 0 : level.getIlvl().intValue();
            if (at >= 0 && at < LEVELS) levels[at] = level;
        }
        return levels;
    }

    /** Lists of one pattern go on with its count, unless they say where they begin. */
    private static void restart(CTNum num, int[] count) {
        for (var override : num.getLvlOverrideArray()) {
            int at = override.getIlvl() == null ? -1 : override.getIlvl().intValue();
            if (at < 0 || at >= LEVELS || !override.isSetStartOverride()) continue;
            count[at] = override.getStartOverride().getVal().intValue() - 1;
        }
    }

    private static int start(@Nullable CTLvl level) {
        return level == null || !level.isSetStart()
                ? 1
                : level.getStart().getVal().intValue();
    }

    private static String written(CTLvl[] levels, int[] count, int at) {
        var level = levels[at];
        var format = format(level);
        if (level == null || format.equals("bullet") || !level.isSetLvlText()) return BULLET;
        var text = level.getLvlText().getVal();
        if (text == null || text.isBlank()) return BULLET;
        for (int place = 0; place <= at; place++) {
            int number = count[place] == 0 ? start(levels[place]) : count[place];
            text = text.replace("%" + (place + 1), DocxNumerals.written(format(levels[place]), number));
        }
        return text.strip();
    }

    private static String format(@Nullable CTLvl level) {
        if (level == null || !level.isSetNumFmt() || level.getNumFmt().getVal() == null) return "decimal";
        return level.getNumFmt().getVal().toString();
    }
}
