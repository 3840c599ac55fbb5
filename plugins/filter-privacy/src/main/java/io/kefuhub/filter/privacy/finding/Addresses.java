package io.kefuhub.filter.privacy.finding;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as they are written in Chinese: a road and a number, a compound and a building, or province, city and what
 * follows, with all that stands around. What only names a city, a road or a day is none. Pure.
 */
final class Addresses {
    private static final int LEFT = 30;
    private static final int NAME = 12;
    private static final int PIECES = 8;
    private static final int LONGEST_NUMBER = 7;
    private static final int LONGEST_CHAIN = 40;
    private static final String BUILDINGS = "栋幢座室";
    private static final String APART = " ,，·-\u200b";

    private Addresses() {}

    static List<Found> in(Folded text) {
        var found = new ArrayList<Found>(0);
        for (var at = 0; at < text.length(); at++) {
            var sign = text.at(at);
            var seen = found.isEmpty() ? 0 : found.getLast().to();
            var one = switch (sign) {
                case '号', '弄', '栋', '幢', '座', '室', '元', '组' -> numbered(text, at, seen);
                case '省', '市', '区', '县' -> chained(text, at, seen);
                default -> null;
            };
            if (one == null) continue;
            found.add(one);
            at = one.to() - 1;
        }
        return found;
    }

    /** Around a number and its unit, such as 88号 behind a road or 3栋 behind a compound. */
    private static @Nullable Found numbered(Folded text, int unit, int seen) {
        var sign = text.at(unit);
        if (sign == '元' && text.at(unit - 1) != '单') return null;
        var numberEnd = sign == '元' ? unit - 1 : unit;
        var number = numberStart(text, numberEnd, seen);
        if (number < 0) return null;
        var name = text.at(number - 1) == ' ' ? number - 1 : number;
        var unitEnd = unit + 1;
        var isBuilding =
                BUILDINGS.indexOf(sign) >= 0 || sign == '元' || text.at(unitEnd) == '楼' || text.at(unitEnd) == '院';
        if (name > seen && Places.endsWithRoad(text, name) && text.at(unitEnd) != '线') {
            return around(text, left(text, name, seen), unitEnd);
        }
        if (!isBuilding) return null;
        if (name > seen && Places.endsWithCompound(text, name)) return around(text, left(text, name, seen), unitEnd);
        // A building by itself is no address; with a flat in it, it is.
        var more = piece(text, unitEnd);
        return more > unitEnd ? around(text, number, unitEnd) : null;
    }

    private static Found around(Folded text, int from, int unitEnd) {
        return new Found(Kind.ADDRESS, from, right(text, unitEnd));
    }

    /** Province, city or district in a row, and something in it. */
    private static @Nullable Found chained(Folded text, int level, int seen) {
        var from = Places.province(text, Math.max(seen, level - 9), level);
        if (from < 0) return null;
        var end = from;
        var district = -1;
        var last = -1;
        while (end < text.length() && end - from < LONGEST_CHAIN && isOfChain(text, end)) {
            end++;
            var sign = text.at(end - 1);
            if (sign == '区' || sign == '县' || sign == '旗' || (sign == '市' && end - from > 4)) {
                var isNext = district < 0 || end - district <= 3;
                if (isNext && !Places.endsWithSureCompound(text, end)) district = end;
            }
            if (district > 0 && end - district > 2 && isTail(text, end)) last = end;
        }
        return last < 0 ? null : new Found(Kind.ADDRESS, from, right(text, last));
    }

    private static boolean isTail(Folded text, int end) {
        return Places.endsWithRoad(text, end)
                || Places.endsWithSureCompound(text, end)
                || text.at(end - 1) == '镇'
                || text.at(end - 1) == '乡'
                || text.endsWith("街道", end);
    }

    private static boolean isOfChain(Folded text, int at) {
        var sign = text.at(at);
        if (Folded.isHan(sign)) return !Places.isStop(sign);
        return text.isWordSign(at) || (APART.indexOf(sign) >= 0 && Places.isLevel(text.at(at - 1)));
    }

    /** Where the number before a unit begins; -1 where there is none. */
    private static int numberStart(Folded text, int end, int seen) {
        var at = end;
        while (at > seen && end - at < LONGEST_NUMBER && isOfNumber(text.at(at - 1))) at--;
        while (at < end && text.at(at) == '-') at++;
        if (at == end || (Folded.isDigit(text.at(at)) && Folded.isDigit(text.at(at - 1)))) return -1;
        return at;
    }

    private static boolean isOfNumber(char sign) {
        return Folded.isDigit(sign) || Places.isNumeral(sign) || sign == '-' || Folded.isLetter(sign) || sign == '之';
    }

    /** From the beginning of the name that ends at a place. */
    private static int left(Folded text, int end, int seen) {
        var at = end;
        var digits = 0;
        while (at > seen && end - at < LEFT) {
            var sign = text.at(at - 1);
            digits = Folded.isDigit(sign) ? digits + 1 : 0;
            if (digits > 4) {
                at += digits - 1;
                break;
            }
            if (!isOfName(text, at - 1)) break;
            at--;
        }
        var province = Places.province(text, at, end);
        if (province >= 0) return province;
        while (at < end && !Folded.isHan(text.at(at)) && !Folded.isDigit(text.at(at))) at++;
        return Math.min(Places.afterOtherWords(text, at), end);
    }

    private static boolean isOfName(Folded text, int at) {
        var sign = text.at(at);
        if (Folded.isHan(sign)) return !Places.isStop(sign);
        return Folded.isDigit(sign) || (APART.indexOf(sign) >= 0 && Places.isLevel(text.at(at - 1)));
    }

    /** To the end of the last piece that belongs to it. */
    private static int right(Folded text, int from) {
        var end = from;
        for (var piece = 0; piece < PIECES; piece++) {
            var next = piece(text, end);
            if (next == end) next = named(text, end);
            if (next == end) next = flat(text, end);
            if (next == end) break;
            end = next;
        }
        return end;
    }

    private static int afterSpace(Folded text, int at) {
        var sign = text.at(at);
        return sign == ' ' || sign == '-' || sign == ',' || sign == '，' ? at + 1 : at;
    }

    /** A number and its unit; where it begins when there is none. */
    private static int piece(Folded text, int from) {
        var at = afterSpace(text, from);
        var start = at;
        while (at - start < LONGEST_NUMBER && isOfNumber(text.at(at))) at++;
        if (at == start) return from;
        return switch (text.at(at)) {
            case '号' -> {
                var next = text.at(at + 1);
                yield next == '线' ? from : next == '楼' || next == '院' ? at + 2 : at + 1;
            }
            case '栋', '幢', '座', '室', '户', '弄', '楼', '层', '房', '组' -> at + 1;
            case '单' -> text.at(at + 1) == '元' ? at + 2 : from;
            default -> from;
        };
    }

    /** The name of a compound, or one that a building's number follows. */
    private static int named(Folded text, int from) {
        var start = afterSpace(text, from);
        for (var at = start; at < text.length() && at - start < NAME; at++) {
            var sign = text.at(at);
            if (!(Folded.isHan(sign) && !Places.isStop(sign)) && !text.isWordSign(at)) return from;
            if (at > start && Places.endsWithSureCompound(text, at + 1)) return at + 1;
            if (at > start && isStrong(text, at)) return piece(text, at);
            if (at > start && sign == '塔' && Folded.isDigit(text.at(at + 1))) return at + 1;
        }
        return from;
    }

    private static boolean isStrong(Folded text, int at) {
        if (isOfNumber(text.at(at - 1))) return false;
        var end = piece(text, at);
        if (end == at) return false;
        return BUILDINGS.indexOf(text.at(end - 1)) >= 0 || text.endsWith("号楼", end) || text.endsWith("单元", end);
    }

    /** A bare number behind a building: 3栋501, 3-2-501. */
    private static int flat(Folded text, int from) {
        var before = text.at(from - 1);
        if ("栋幢座楼元号院塔".indexOf(before) < 0) return from;
        var at = text.at(from) == '-' || text.at(from) == ' ' ? from + 1 : from;
        var start = at;
        while (at - start < LONGEST_NUMBER && (Folded.isDigit(text.at(at)) || text.at(at) == '-')) at++;
        while (at > start && text.at(at - 1) == '-') at--;
        var length = at - start;
        var holds = length >= (before == '号' ? 4 : 3) && Surroundings.isApartAfter(text, at) && text.at(at) != '元';
        if (before == '号' && text.at(from) != '-') holds = false;
        return holds ? at : from;
    }
}
